-- The console: organizations, people, super-admins, plans and the platform's own history, for those who run the installation.
-- Every function of it takes the digest of the browser's session, proves the super-admin behind it itself, and answers facts of the
-- directory and counters, never content. What it changes, it writes down in the same statement.

-- CreateTable
CREATE TABLE "super_admin_requests" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "requested_by" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "super_admin_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "super_admin_requests_user_id_status_idx" ON "super_admin_requests"("user_id", "status");

-- AddForeignKey
ALTER TABLE "super_admin_requests" ADD CONSTRAINT "super_admin_requests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Switches of one organization, in place of those of the installation.
-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "switches" JSONB NOT NULL DEFAULT '{}';

ALTER TABLE super_admin_requests ADD CHECK (status IN ('open', 'approved', 'declined', 'used')), ADD CHECK (char_length(btrim(reason)) BETWEEN 10 AND 1000),
  ADD CHECK (requested_by <> user_id), ADD CHECK (decided_by <> user_id), ADD CHECK (status NOT IN ('approved', 'used') OR decided_by IS NOT NULL AND decided_by <> requested_by);
-- One open request a person, also of two that are made at once.
CREATE UNIQUE INDEX super_admin_requests_open_key ON super_admin_requests (user_id) WHERE status = 'open';
-- The order of the console's lists; none of these tables belongs to a tenant.
CREATE INDEX organizations_name_idx ON organizations (lower(name) COLLATE "C", id);
CREATE INDEX users_name_idx ON users (lower(name) COLLATE "C", id);

CALL kernel.protect_global_table('super_admin_requests', 'local', '{}');
CREATE POLICY directory ON super_admin_requests FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (status, decided_by, decided_at) ON super_admin_requests TO app_directory;
CREATE POLICY directory_to_read ON platform_audit_events FOR SELECT TO app_directory USING (true);
GRANT SELECT ON platform_audit_events TO app_directory;
GRANT UPDATE (plan_key, suspended_reason, switches) ON organizations TO app_directory;
CREATE POLICY directory_to_update ON organization_modules FOR UPDATE TO app_directory USING (true) WITH CHECK (true);
GRANT UPDATE (enabled, updated_at, version) ON organization_modules TO app_directory;
CREATE POLICY directory_to_update ON users FOR UPDATE TO app_directory USING (kind = 'person') WITH CHECK (kind = 'person');
GRANT UPDATE (status, is_super_admin, updated_at) ON users TO app_directory;
CREATE POLICY directory_to_delete ON totp_factors FOR DELETE TO app_directory USING (true);
CREATE POLICY directory_to_delete ON passkeys FOR DELETE TO app_directory USING (true);
CREATE POLICY directory ON recovery_codes FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT DELETE ON totp_factors, passkeys, recovery_codes TO app_directory;
GRANT SELECT (user_id, used_at) ON recovery_codes TO app_directory;
DROP POLICY directory ON plans;
CREATE POLICY directory ON plans FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT INSERT, UPDATE, DELETE ON plans TO app_directory;

-- ---------------------------------------------------------------------------------------------------------------
-- Who runs the installation. Held here on every path of the running product: a super-admin is made by the request of one and the
-- approval of another, and there is always one left.

CREATE FUNCTION kernel.hold_super_admin() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- Set-up acts as the owner of the tables: it makes the first one.
  IF current_user NOT IN ('app_directory', 'app_platform', 'app_tenant', 'app_kernel') THEN RETURN NEW; END IF;
  IF NEW.is_super_admin THEN
    UPDATE public.super_admin_requests r SET status = 'used' WHERE r.user_id = NEW.id AND r.status = 'approved' AND r.expires_at > now() AND r.decided_by <> r.requested_by;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'nobody has approved this super-admin' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION kernel.hold_super_admin() FROM PUBLIC;
CREATE TRIGGER hold_super_admin BEFORE UPDATE ON users FOR EACH ROW WHEN (OLD.is_super_admin IS DISTINCT FROM NEW.is_super_admin) EXECUTE FUNCTION kernel.hold_super_admin();

-- As keep_an_owner: two who go at once wait for each other.
CREATE FUNCTION kernel.keep_a_super_admin() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('super_admins', 0));
  IF NOT EXISTS (SELECT FROM public.users u WHERE u.is_super_admin AND u.status = 'active') THEN
    RAISE EXCEPTION 'an installation keeps a super-admin' USING ERRCODE = 'BH008';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_a_super_admin AFTER UPDATE ON users FOR EACH ROW
  WHEN (OLD.is_super_admin AND OLD.status = 'active' AND (NEW.status <> 'active' OR NOT NEW.is_super_admin) AND current_user IN ('app_directory', 'app_platform'))
  EXECUTE FUNCTION kernel.keep_a_super_admin();

-- ---------------------------------------------------------------------------------------------------------------
-- What all of them share.

-- An id that sorts by its time.
CREATE FUNCTION kernel.id_at(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$ SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid $$;

-- Cancelled by the platform and deleted by its owner are two things; both are erased when their time is over.
-- Without a search_path of its own it is taken into the statement that asks.
CREATE FUNCTION kernel.state_of(status text, deleted_at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE WHEN status = 'cancelled' THEN status WHEN deleted_at IS NOT NULL THEN 'deleted' ELSE status END $$;

-- Into the platform's history and, where it concerns an organization, into its own with the name of who did it.
CREATE FUNCTION kernel.note_console(admin uuid, session uuid, what text, about text, why text, tenant uuid, label text, changes jsonb, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  event uuid := kernel.id_at(at);
BEGIN
  INSERT INTO public.platform_audit_events (id, user_id, action, subject, success, reason, ip, user_agent, at)
  SELECT kernel.id_at(at), admin, what, about, true, nullif(why, ''), s.ip, s.user_agent, at FROM public.sessions s WHERE s.id = session;
  IF tenant IS NOT NULL THEN
    INSERT INTO public.audit_events (tenant_id, id, actor_kind, action, entity_kind, entity_id, at) VALUES (tenant, event, 'system', what, 'organization', tenant, at);
    INSERT INTO public.audit_details (tenant_id, id, event_id, label, changes)
    SELECT tenant, kernel.id_at(at), event, left(label, 200), changes || CASE WHEN why <> '' THEN jsonb_build_object('reason', jsonb_build_array(NULL, why)) ELSE '{}' END || jsonb_build_object('support', jsonb_build_array(NULL, u.name)) FROM public.users u WHERE u.id = admin;
  END IF;
END $$;
CREATE FUNCTION kernel.mail_owners(tenant uuid, what text, why text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public.mails (id, kind, to_address, data)
  SELECT gen_random_uuid(), 'organization_state', u.email, jsonb_build_object('name', u.name, 'organization', o.name, 'what', what, 'reason', why)
    FROM public.memberships m JOIN public.users u ON u.id = m.user_id JOIN public.organizations o ON o.id = m.tenant_id
   WHERE m.tenant_id = tenant AND m.status = 'active' AND m.role = 'owner' AND u.status = 'active' AND u.email IS NOT NULL
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- Organizations.

CREATE FUNCTION kernel.console_organizations(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  q text := lower(input->>'q');
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.sort COLLATE "C", r.id), '[]') FROM (
    SELECT p.id, p.name, p.slug, p.code, p.kind, kernel.state_of(p.status, p.deleted_at) AS state, p.plan_key AS "planKey", p.created_at AS "createdAt", lower(p.name) AS sort,
      (SELECT count(*) FROM public.memberships m JOIN public.users u ON u.id = m.user_id AND u.kind = 'person' WHERE m.tenant_id = p.id AND m.status = 'active') AS members,
      kernel.usage_of(p.id, 'projects', at) AS projects,
      -- As it was last written down, once an hour: adding it up is for the page of one organization.
      coalesce((SELECT c.value FROM public.usage_counts c WHERE c.tenant_id = p.id AND c.key = 'storage_mb' ORDER BY c.starts_at DESC LIMIT 1), 0) AS "storageMb",
      (SELECT max(m.last_active_at) FROM public.memberships m WHERE m.tenant_id = p.id) AS "lastActiveAt"
    FROM (SELECT o.* FROM public.organizations o
      WHERE (q = '' OR starts_with(lower(o.name), q) OR starts_with(o.slug, q) OR starts_with(lower(o.code), q)) AND (input->>'state' = '' OR kernel.state_of(o.status, o.deleted_at) = input->>'state')
        AND (input->>'plan' = '' OR o.plan_key = input->>'plan') AND (input->>'afterName' IS NULL OR (lower(o.name) COLLATE "C", o.id) > (input->>'afterName', (input->>'afterId')::uuid))
      ORDER BY lower(o.name) COLLATE "C", o.id LIMIT (input->>'limit')::int) p) r));
END $$;

CREATE FUNCTION kernel.console_organization(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  o public.organizations;
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT f.* INTO o FROM public.organizations f WHERE f.id = (input->>'id')::uuid;
  IF o.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'id', o.id, 'name', o.name, 'slug', o.slug, 'code', o.code, 'kind', o.kind, 'colour', o.colour, 'state', kernel.state_of(o.status, o.deleted_at), 'planKey', o.plan_key, 'effectivePlan', kernel.plan_of(o.id, at),
    'createdAt', o.created_at, 'trialEndsAt', CASE WHEN o.status = 'trial' THEN o.trial_ends_at END, 'suspendedReason', o.suspended_reason, 'deletedAt', o.deleted_at, 'purgeAfter', o.purge_after, 'supportPolicy', o.support_policy, 'joinPolicy', o.join_policy,
    'switches', o.switches, 'needsSecondFactor', o.second_factor_required_at IS NOT NULL, 'lastActiveAt', (SELECT max(m.last_active_at) FROM public.memberships m WHERE m.tenant_id = o.id),
    'usage', (SELECT jsonb_agg(jsonb_build_object('key', k, 'used', kernel.usage_of(o.id, k, at), 'max', kernel.limit_of(o.id, k, at), 'isOwn', EXISTS (SELECT FROM public.organization_limits l WHERE l.tenant_id = o.id AND l.key = k))) FROM unnest('{members,projects,storage_mb,api_calls}'::text[]) k),
    'modules', (SELECT coalesce(jsonb_agg(g.key), '[]') FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled),
    'owners', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', m.display_name, 'email', u.email, 'status', u.status, 'lastActiveAt', m.last_active_at) ORDER BY m.display_name), '[]') FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = o.id AND m.role = 'owner' AND m.status = 'active'),
    'support', (SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]') FROM (SELECT v.id, v.admin_name AS "adminName", v.reason, v.mode, CASE WHEN v.status = 'active' AND v.ends_at <= at THEN 'expired' ELSE v.status END AS status, v.ended_by AS "endedBy", v.minutes, coalesce(v.starts_at, v.created_at) AS at
      FROM public.support_sessions v WHERE v.tenant_id = o.id ORDER BY v.created_at DESC LIMIT 20) s));
END $$;

-- By what the state allows: trial and active can be suspended, a suspended one resumed, each of them cancelled; what was cancelled or
-- deleted comes back until it is erased.
CREATE FUNCTION kernel.console_change_organization(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
  o     public.organizations;
  state text;
  act   text := input->>'act';
  why   text := coalesce(input->>'reason', '');
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT f.* INTO o FROM public.organizations f WHERE f.id = (input->>'id')::uuid FOR NO KEY UPDATE;
  IF o.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  state := kernel.state_of(o.status, o.deleted_at);
  IF (act, state) NOT IN (('suspend', 'trial'), ('suspend', 'active'), ('resume', 'suspended'), ('cancel', 'trial'), ('cancel', 'active'), ('cancel', 'suspended'), ('restore', 'cancelled'), ('restore', 'deleted'))
    OR act = 'restore' AND o.purge_after <= greatest(at, now()) THEN
    RETURN jsonb_build_object('answer', 'wrong_state', 'state', state);
  END IF;
  IF act IN ('suspend', 'cancel') AND char_length(btrim(why)) < 10 THEN RETURN '{"answer": "reason_missing"}'; END IF;
  -- Owners are told while they can still be found by their membership.
  PERFORM kernel.mail_owners(o.id, act, why);
  UPDATE public.organizations f SET updated_at = at,
      status = CASE act WHEN 'suspend' THEN 'suspended' WHEN 'cancel' THEN 'cancelled' WHEN 'resume' THEN 'active' ELSE CASE o.status WHEN 'cancelled' THEN 'active' ELSE o.status END END,
      suspended_reason = CASE WHEN act = 'suspend' THEN why WHEN act IN ('resume', 'cancel') THEN NULL ELSE o.suspended_reason END,
      deleted_at = CASE act WHEN 'cancel' THEN at WHEN 'restore' THEN NULL ELSE o.deleted_at END, purge_after = CASE act WHEN 'cancel' THEN at + interval '30 days' WHEN 'restore' THEN NULL ELSE o.purge_after END
   WHERE f.id = o.id;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, CASE act WHEN 'suspend' THEN 'organization.suspended' WHEN 'resume' THEN 'organization.resumed' WHEN 'cancel' THEN 'organization.cancelled' ELSE 'organization.restored' END, o.id::text, why, o.id, o.name, '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

CREATE FUNCTION kernel.console_set_plan(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
  o     public.organizations;
  plan  text := input->>'plan';
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT f.* INTO o FROM public.organizations f WHERE f.id = (input->>'id')::uuid FOR NO KEY UPDATE;
  IF o.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  IF NOT EXISTS (SELECT FROM public.plans p WHERE p.key = plan) THEN RETURN '{"answer": "no_plan"}'; END IF;
  IF o.plan_key = plan AND NOT (o.status = 'trial' AND plan <> 'free') THEN RETURN '{"answer": "ok"}'; END IF;
  UPDATE public.organizations f SET plan_key = plan, plan_since = at, status = CASE WHEN o.status = 'trial' AND plan <> 'free' THEN 'active' ELSE o.status END, updated_at = at WHERE f.id = o.id;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'organization.plan_changed', o.id::text, o.plan_key || ' → ' || plan, o.id, o.name, jsonb_build_object('plan', jsonb_build_array(o.plan_key, plan)), at);
  RETURN '{"answer": "ok"}';
END $$;

-- `mode`: as the plan says (plan), as many as are wanted (none), or `value` (own).
CREATE FUNCTION kernel.console_set_limit(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  o      public.organizations;
  what   text := input->>'key';
  before int;
  now_it int;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT f.* INTO o FROM public.organizations f WHERE f.id = (input->>'id')::uuid FOR NO KEY UPDATE;
  IF o.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  before := kernel.limit_of(o.id, what, at);
  IF input->>'mode' = 'plan' THEN
    DELETE FROM public.organization_limits l WHERE l.tenant_id = o.id AND l.key = what;
  ELSE
    PERFORM kernel.set_limit(o.id, what, CASE WHEN input->>'mode' = 'own' THEN (input->>'value')::int END, at);
  END IF;
  now_it := kernel.limit_of(o.id, what, at);
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'organization.limit_changed', o.id::text, what || ': ' || coalesce(before::text, 'unlimited') || ' → ' || coalesce(now_it::text, 'unlimited'), o.id, o.name, jsonb_build_object(what, jsonb_build_array(coalesce(before::text, 'unlimited'), coalesce(now_it::text, 'unlimited'))), at);
  RETURN '{"answer": "ok"}';
END $$;

CREATE FUNCTION kernel.console_set_module(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  tenant uuid := (input->>'id')::uuid;
  wished boolean := (input->>'enabled')::boolean;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  PERFORM FROM public.organizations f WHERE f.id = tenant FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN '{"answer": "unknown"}'; END IF;
  UPDATE public.organization_modules g SET enabled = wished, updated_at = at, version = g.version + 1 WHERE g.tenant_id = tenant AND g.key = input->>'module' AND g.enabled <> wished;
  IF NOT FOUND THEN
    INSERT INTO public.organization_modules (tenant_id, id, key, enabled, created_at, updated_at) VALUES (tenant, gen_random_uuid(), input->>'module', wished, at, at) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN '{"answer": "ok"}'; END IF;
  END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, CASE WHEN wished THEN 'module.enabled' ELSE 'module.disabled' END, tenant::text, input->>'module', tenant, input->>'label', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

-- Its owner is whoever has the address. Somebody who has no account yet gets one that nobody can enter but by the link.
CREATE FUNCTION kernel.console_create_organization(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  owner  public.users;
  tenant uuid := (input->'organization'->>'id')::uuid;
  is_new boolean;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  IF NOT EXISTS (SELECT FROM public.plans p WHERE p.key = input->'organization'->>'plan_key') THEN RETURN '{"answer": "no_plan"}'; END IF;
  SELECT u.* INTO owner FROM public.users u WHERE u.email_lc = input->>'emailLc';
  is_new := owner.id IS NULL;
  IF is_new THEN
    INSERT INTO public.users (id, name, email, email_lc, created_at, updated_at) VALUES ((input->>'ownerId')::uuid, input->>'ownerName', input->>'email', input->>'emailLc', at, at) RETURNING * INTO owner;
    INSERT INTO public.platform_audit_events (id, user_id, action, subject, success, at) VALUES (kernel.id_at(at), owner.id, 'user.created', 'console', true, at);
    INSERT INTO public.one_time_tokens (id, purpose, token_hash, user_id, payload, expires_at) VALUES (gen_random_uuid(), 'reset_password', decode(input->>'tokenHash', 'hex'), owner.id, jsonb_build_object('isMailed', (input->>'isMailed')::boolean), at + interval '7 days');
  ELSIF owner.kind <> 'person' OR owner.status <> 'active' THEN
    RETURN '{"answer": "owner_inactive"}';
  END IF;
  PERFORM kernel.create_organization(input->'organization' || '{"is_demo": false, "suspended_reason": null, "onboarding": "open"}', owner.id, owner.name, (input->>'membershipId')::uuid, input->'modules', at);
  IF (input->>'isMailed')::boolean THEN
    INSERT INTO public.mails (id, kind, to_address, data) VALUES (gen_random_uuid(), 'organization_given', owner.email, jsonb_build_object('name', owner.name, 'organization', input->'organization'->>'name', 'link', CASE WHEN is_new THEN input->>'link' ELSE input->>'home' END, 'isNew', is_new));
  END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'organization.created', tenant::text, '', tenant, input->'organization'->>'name', jsonb_build_object('owner', jsonb_build_array(NULL, owner.email)), at);
  RETURN jsonb_build_object('answer', 'ok', 'id', tenant, 'isNew', is_new);
END $$;

-- What the platform has cancelled, the platform alone brings back.
DROP FUNCTION kernel.deleted_of(uuid, timestamptz);
CREATE FUNCTION kernel.deleted_of(person uuid, at timestamptz) RETURNS TABLE (tenant_id uuid, name text, colour text, deleted_at timestamptz, purge_after timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.name, o.colour, o.deleted_at, o.purge_after FROM public.organizations o JOIN public.memberships m ON m.tenant_id = o.id
   WHERE m.user_id = person AND m.role = 'owner' AND m.status = 'active' AND o.deleted_at IS NOT NULL AND o.status <> 'cancelled' AND o.purge_after > at ORDER BY o.deleted_at DESC
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- People.

CREATE FUNCTION kernel.console_people(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  q text := lower(input->>'q');
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.sort COLLATE "C", r.id), '[]') FROM (
    SELECT p.id, p.name, p.email, p.status, p.is_super_admin AS "isSuperAdmin", kernel.has_second_factor(p.id) AS "hasSecondFactor", p.last_login_at AS "lastLoginAt", lower(p.name) AS sort,
      (SELECT count(*) FROM public.memberships m JOIN public.organizations o ON o.id = m.tenant_id AND o.deleted_at IS NULL WHERE m.user_id = p.id AND m.status = 'active') AS organizations
    FROM (SELECT u.* FROM public.users u
      WHERE u.kind = 'person' AND u.email_lc IS NOT NULL AND (q = '' OR starts_with(u.email_lc, q) OR starts_with(lower(u.name), q))
        AND (input->>'filter' = '' OR input->>'filter' = 'super_admins' AND u.is_super_admin OR input->>'filter' = 'deactivated' AND u.status <> 'active')
        AND (input->>'afterName' IS NULL OR (lower(u.name) COLLATE "C", u.id) > (input->>'afterName', (input->>'afterId')::uuid))
      ORDER BY lower(u.name) COLLATE "C", u.id LIMIT (input->>'limit')::int) p) r));
END $$;

CREATE FUNCTION kernel.console_person(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
  u     public.users;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT p.* INTO u FROM public.users p WHERE p.id = (input->>'id')::uuid AND p.kind = 'person' AND p.email_lc IS NOT NULL;
  IF u.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'id', u.id, 'name', u.name, 'email', u.email, 'isEmailVerified', u.email_verified_at IS NOT NULL, 'status', u.status, 'isSuperAdmin', u.is_super_admin, 'isMe', u.id = admin.user_id,
    'createdAt', u.created_at, 'lastLoginAt', u.last_login_at, 'hasPassword', u.password_hash IS NOT NULL, 'providers', ARRAY(SELECT DISTINCT i.provider FROM public.user_identities i WHERE i.user_id = u.id ORDER BY 1),
    'hasTotp', EXISTS (SELECT FROM public.totp_factors t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL), 'passkeys', (SELECT count(*) FROM public.passkeys k WHERE k.user_id = u.id),
    'recoveryCodes', (SELECT count(*) FROM public.recovery_codes c WHERE c.user_id = u.id AND c.used_at IS NULL),
    'sessions', (SELECT count(*) FROM public.sessions s WHERE s.user_id = u.id AND s.revoked_at IS NULL AND s.expires_at > at AND s.idle_expires_at > at),
    'organizations', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'role', m.role, 'status', m.status, 'isLastOwner', m.role = 'owner' AND m.status = 'active' AND NOT kernel.has_owner(o.id, u.id)) ORDER BY o.name), '[]')
      FROM public.memberships m JOIN public.organizations o ON o.id = m.tenant_id AND o.deleted_at IS NULL WHERE m.user_id = u.id AND m.status IN ('active', 'suspended', 'pending_approval')),
    'request', (SELECT jsonb_build_object('id', r.id, 'by', b.name, 'isMine', r.requested_by = admin.user_id, 'reason', r.reason, 'expiresAt', r.expires_at) FROM public.super_admin_requests r JOIN public.users b ON b.id = r.requested_by WHERE r.user_id = u.id AND r.status = 'open' AND r.expires_at > at));
END $$;

-- What it does to somebody stands in their own security log, too, and is mailed to them.
CREATE FUNCTION kernel.tell_person(person uuid, what text, letter text, why text, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public.platform_audit_events (id, user_id, action, success, reason, at) VALUES (kernel.id_at(at), person, what, true, nullif(why, ''), at);
  INSERT INTO public.mails (id, kind, to_address, data)
  SELECT gen_random_uuid(), 'account_state', u.email, jsonb_build_object('name', u.name, 'what', letter, 'reason', why, 'at', at, 'timezone', u.timezone) FROM public.users u WHERE u.id = person AND u.email IS NOT NULL;
$$;

-- Never on oneself. Before the person is looked at, those who run the installation wait for each other: of two who put each other
-- out at once the second is one no more when its turn comes.
CREATE FUNCTION kernel.console_change_person(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
  u     public.users;
  act   text := input->>'act';
  why   text := coalesce(input->>'reason', '');
  alone text[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('super_admins', 0));
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT p.* INTO u FROM public.users p WHERE p.id = (input->>'id')::uuid AND p.kind = 'person' AND p.email_lc IS NOT NULL FOR NO KEY UPDATE;
  IF u.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  IF u.id = admin.user_id THEN RETURN '{"answer": "oneself"}'; END IF;
  IF act IN ('deactivate', 'reset_factor') AND char_length(btrim(why)) < 10 THEN RETURN '{"answer": "reason_missing"}'; END IF;
  IF act = 'reactivate' AND u.status NOT IN ('deactivated', 'suspended') OR act = 'deactivate' AND u.status = 'deactivated' OR act = 'send_link' AND u.status <> 'active'
    OR act = 'withdraw' AND NOT u.is_super_admin OR act = 'reset_factor' AND NOT kernel.has_second_factor(u.id) THEN RETURN '{"answer": "person_state"}'; END IF;
  CASE act
    WHEN 'deactivate' THEN
      alone := ARRAY(SELECT s.name FROM kernel.seats_of(u.id) s WHERE s.is_last_owner);
      IF cardinality(alone) > 0 THEN RETURN jsonb_build_object('answer', 'last_owner', 'organizations', to_jsonb(alone)); END IF;
      UPDATE public.users p SET status = 'deactivated', updated_at = at WHERE p.id = u.id;
    WHEN 'reactivate' THEN
      UPDATE public.users p SET status = 'active', updated_at = at WHERE p.id = u.id;
    WHEN 'reset_factor' THEN
      DELETE FROM public.totp_factors t WHERE t.user_id = u.id;
      DELETE FROM public.passkeys k WHERE k.user_id = u.id;
      DELETE FROM public.recovery_codes c WHERE c.user_id = u.id;
    WHEN 'withdraw' THEN
      UPDATE public.users p SET is_super_admin = false, updated_at = at WHERE p.id = u.id;
    WHEN 'send_link' THEN
      -- To their address and nowhere else: nobody who runs the installation becomes somebody else by it.
      INSERT INTO public.one_time_tokens (id, purpose, token_hash, user_id, payload, expires_at) VALUES (gen_random_uuid(), 'reset_password', decode(input->>'tokenHash', 'hex'), u.id, '{"isMailed": true}', at + interval '1 hour');
      INSERT INTO public.mails (id, kind, to_address, data) VALUES (gen_random_uuid(), 'reset_password', u.email, jsonb_build_object('name', u.name, 'link', input->>'link'));
    WHEN 'sign_out' THEN NULL;
  END CASE;
  IF act IN ('deactivate', 'reset_factor', 'sign_out', 'withdraw') THEN
    UPDATE public.sessions s SET revoked_at = at, revoke_reason = CASE act WHEN 'deactivate' THEN 'deactivated' ELSE 'ended_by_platform' END WHERE s.user_id = u.id AND s.revoked_at IS NULL;
  END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, CASE act WHEN 'deactivate' THEN 'person.deactivated' WHEN 'reactivate' THEN 'person.reactivated' WHEN 'reset_factor' THEN 'person.factor_reset' WHEN 'withdraw' THEN 'super_admin.withdrawn'
    WHEN 'send_link' THEN 'person.link_sent' ELSE 'person.signed_out' END, u.id::text, why, NULL, '', '{}', at);
  PERFORM kernel.tell_person(u.id, CASE act WHEN 'deactivate' THEN 'account.deactivated' WHEN 'reactivate' THEN 'account.reactivated' WHEN 'reset_factor' THEN 'account.factor_reset' WHEN 'withdraw' THEN 'super_admin.removed'
    WHEN 'send_link' THEN 'password.link_made' ELSE 'account.signed_out' END, act, why, at);
  RETURN '{"answer": "ok"}';
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Making a super-admin: asked for by one, approved by another within a day.

CREATE FUNCTION kernel.console_ask_super_admin(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
  u     public.users;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT p.* INTO u FROM public.users p WHERE p.id = (input->>'id')::uuid AND p.kind = 'person' AND p.email_lc IS NOT NULL FOR NO KEY UPDATE;
  IF u.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  IF u.status <> 'active' OR u.is_super_admin THEN RETURN '{"answer": "person_state"}'; END IF;
  UPDATE public.super_admin_requests r SET status = 'declined', decided_at = at WHERE r.user_id = u.id AND (r.status = 'open' AND r.expires_at <= at OR r.status = 'approved');
  INSERT INTO public.super_admin_requests (id, user_id, requested_by, reason, expires_at, created_at) VALUES (kernel.id_at(at), u.id, admin.user_id, input->>'reason', at + interval '24 hours', at) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN '{"answer": "asked_already"}'; END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'super_admin.asked', u.id::text, input->>'reason', NULL, '', '{}', at);
  INSERT INTO public.mails (id, kind, to_address, data)
  SELECT gen_random_uuid(), 'super_admin_asked', o.email, jsonb_build_object('name', o.name, 'by', admin.name, 'person', u.name, 'email', u.email, 'reason', input->>'reason', 'link', input->>'link')
    FROM public.users o WHERE o.is_super_admin AND o.status = 'active' AND o.id <> admin.user_id AND o.email IS NOT NULL;
  RETURN '{"answer": "ok"}';
END $$;

CREATE FUNCTION kernel.console_decide_super_admin(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
  r     public.super_admin_requests;
  yes   boolean := input->>'decision' = 'approve';
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('super_admins', 0));
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT q.* INTO r FROM public.super_admin_requests q WHERE q.id = (input->>'request')::uuid FOR UPDATE;
  IF r.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  IF r.status <> 'open' OR r.expires_at <= greatest(at, now()) THEN RETURN '{"answer": "request_over"}'; END IF;
  IF r.user_id = admin.user_id OR yes AND r.requested_by = admin.user_id THEN RETURN '{"answer": "second_person"}'; END IF;
  -- Whoever asked still runs the installation.
  IF yes AND NOT EXISTS (SELECT FROM public.users b WHERE b.id = r.requested_by AND b.is_super_admin AND b.status = 'active') THEN RETURN '{"answer": "request_over"}'; END IF;
  IF yes AND NOT EXISTS (SELECT FROM public.users u WHERE u.id = r.user_id AND u.status = 'active' AND NOT u.is_super_admin FOR NO KEY UPDATE) THEN RETURN '{"answer": "person_state"}'; END IF;
  UPDATE public.super_admin_requests q SET status = CASE WHEN yes THEN 'approved' ELSE 'declined' END, decided_by = CASE WHEN admin.user_id <> r.requested_by OR NOT yes THEN admin.user_id END, decided_at = at WHERE q.id = r.id;
  IF yes THEN
    -- The trigger looks for the approval and uses it up.
    UPDATE public.users u SET is_super_admin = true, updated_at = at WHERE u.id = r.user_id;
    PERFORM kernel.tell_person(r.user_id, 'super_admin.made', 'super_admin', '', at);
  END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, CASE WHEN yes THEN 'super_admin.approved' ELSE 'super_admin.declined' END, r.user_id::text, r.reason, NULL, '', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- The platform's own history.

CREATE FUNCTION kernel.console_audit(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  people uuid[];
  q      text := lower(input->>'person');
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  IF q <> '' THEN people := ARRAY(SELECT u.id FROM public.users u WHERE starts_with(u.email_lc, q) OR starts_with(lower(u.name), q) LIMIT 200); END IF;
  IF (input->>'isExport')::boolean THEN PERFORM kernel.note_console(admin.user_id, admin.session_id, 'platform_audit.exported', NULL, '', NULL, '', '{}', at); END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.at DESC, r.id DESC), '[]') FROM (
    SELECT e.id, e.at, e.action, e.success, e.reason, e.ip, e.user_agent AS "userAgent", w.name AS who, w.email, coalesce(o.name, s.name, e.subject) AS subject,
      CASE WHEN o.id IS NOT NULL THEN 'organization' WHEN s.id IS NOT NULL THEN 'person' END AS "subjectKind", coalesce(o.id, s.id) AS "subjectId"
    FROM (SELECT x.*, CASE WHEN x.subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN x.subject::uuid END AS subject_id FROM public.platform_audit_events x
      WHERE (people IS NULL OR x.user_id = ANY (people) OR x.subject = ANY (people::text[])) AND (input->>'action' = '' OR x.action = input->>'action') AND (input->>'outcome' = '' OR x.success = (input->>'outcome' = 'done'))
        AND (input->>'from' IS NULL OR x.at >= (input->>'from')::timestamptz) AND (input->>'until' IS NULL OR x.at < (input->>'until')::timestamptz)
        AND (input->>'beforeAt' IS NULL OR (x.at, x.id) < ((input->>'beforeAt')::timestamptz, (input->>'beforeId')::uuid))
      ORDER BY x.at DESC, x.id DESC LIMIT (input->>'limit')::int) e
    LEFT JOIN public.users w ON w.id = e.user_id LEFT JOIN public.organizations o ON o.id = e.subject_id LEFT JOIN public.users s ON s.id = e.subject_id) r));
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Plans.

CREATE FUNCTION kernel.console_plans(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT jsonb_agg(jsonb_build_object('key', p.key, 'name', p.name, 'position', p.position, 'monthlyPrice', p.monthly_price, 'members', p.members, 'projects', p.projects, 'storageMb', p.storage_mb,
    'apiCallsPerHour', p.api_calls_per_hour, 'auditDays', p.audit_days, 'organizations', (SELECT count(*) FROM public.organizations o WHERE o.plan_key = p.key)) ORDER BY p.position, p.key) FROM public.plans p));
END $$;

-- A key stays what it is: organizations name it. A lowered limit lets nothing more in and takes nothing away; a shorter history goes
-- thirty days later, as after a change of plan.
CREATE FUNCTION kernel.console_save_plan(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  before public.plans;
  wished public.plans;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT p.* INTO before FROM public.plans p WHERE p.key = input->>'key' FOR UPDATE;
  IF (input->>'isNew')::boolean THEN
    IF before.key IS NOT NULL THEN RETURN '{"answer": "key_taken"}'; END IF;
  ELSIF before.key IS NULL THEN
    RETURN '{"answer": "unknown"}';
  END IF;
  INSERT INTO public.plans AS p (key, position, name, monthly_price, members, projects, storage_mb, api_calls_per_hour, audit_days)
  SELECT w.* FROM jsonb_to_record(input) AS w(key text, position int, name text, "monthlyPrice" int, members int, projects int, "storageMb" int, "apiCallsPerHour" int, "auditDays" int)
  ON CONFLICT (key) DO UPDATE SET position = EXCLUDED.position, name = EXCLUDED.name, monthly_price = EXCLUDED.monthly_price, members = EXCLUDED.members, projects = EXCLUDED.projects, storage_mb = EXCLUDED.storage_mb,
    api_calls_per_hour = EXCLUDED.api_calls_per_hour, audit_days = EXCLUDED.audit_days RETURNING p.* INTO wished;
  IF wished.audit_days < coalesce(before.audit_days, 2147483647) THEN
    UPDATE public.organizations o SET plan_since = at, updated_at = at WHERE o.plan_key = wished.key;
  END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, CASE WHEN before.key IS NULL THEN 'plan.created' ELSE 'plan.updated' END, wished.key, (SELECT string_agg(w.key || ': ' || coalesce(b.value, 'unlimited') || ' → ' || coalesce(w.value, 'unlimited'), ', ')
    FROM jsonb_each_text(to_jsonb(wished)) w JOIN jsonb_each_text(to_jsonb(before)) b USING (key) WHERE before.key IS NOT NULL AND w.value IS DISTINCT FROM b.value), NULL, '', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

CREATE FUNCTION kernel.console_remove_plan(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  PERFORM FROM public.plans p WHERE p.key = input->>'key' FOR UPDATE;
  IF NOT FOUND THEN RETURN '{"answer": "unknown"}'; END IF;
  -- Where everybody begins, and what a trial has.
  IF input->>'key' IN ('free', 'professional') OR EXISTS (SELECT FROM public.organizations o WHERE o.plan_key = input->>'key') THEN RETURN '{"answer": "plan_in_use"}'; END IF;
  DELETE FROM public.plans p WHERE p.key = input->>'key';
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'plan.removed', input->>'key', '', NULL, '', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

CALL kernel.give_function('kernel.deleted_of(uuid, timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.keep_a_super_admin()', 'app_directory', '{}');
CALL kernel.give_function('kernel.note_console(uuid, uuid, text, text, text, uuid, text, jsonb, timestamptz)', 'app_directory', '{}');
CALL kernel.give_function('kernel.mail_owners(uuid, text, text)', 'app_directory', '{}');
CALL kernel.give_function('kernel.tell_person(uuid, text, text, text, timestamptz)', 'app_directory', '{}');
REVOKE ALL ON FUNCTION kernel.id_at(timestamptz), kernel.state_of(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.id_at(timestamptz), kernel.state_of(text, timestamptz) TO app_directory;
DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY '{organizations,organization,change_organization,set_plan,set_limit,set_module,create_organization,people,person,change_person,ask_super_admin,decide_super_admin,audit,plans,save_plan,remove_plan}'::text[] LOOP
    CALL kernel.give_function(format('kernel.console_%s(bytea, timestamptz, jsonb)', it)::regprocedure, 'app_directory', '{app_platform}');
  END LOOP;
END $$;
