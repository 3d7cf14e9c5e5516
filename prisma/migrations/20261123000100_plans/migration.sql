-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "plan_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "trial_ends_at" TIMESTAMPTZ(3) DEFAULT (now() + '14 days'::interval);

-- CreateTable
CREATE TABLE "plans" (
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "monthly_price" INTEGER NOT NULL,
    "members" INTEGER,
    "projects" INTEGER,
    "storage_mb" INTEGER,
    "api_calls_per_hour" INTEGER,
    "audit_days" INTEGER,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "organization_limits" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_limits_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "usage_counts" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "value" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_counts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organization_limits_tenant_id_key_key" ON "organization_limits"("tenant_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "usage_counts_tenant_id_key_starts_at_key" ON "usage_counts"("tenant_id", "key", "starts_at");

-- AddForeignKey
ALTER TABLE "organization_limits" ADD CONSTRAINT "organization_limits_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "usage_counts" ADD CONSTRAINT "usage_counts_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;


ALTER TABLE plans ADD CHECK (least(members, projects, storage_mb, api_calls_per_hour, audit_days) > 0), ADD CHECK (monthly_price >= 0);
INSERT INTO plans (key, position, name, monthly_price, members, projects, storage_mb, api_calls_per_hour, audit_days) VALUES
  ('free', 1, 'Free', 0, 5, 5, 500, 500, 90),
  ('basic', 2, 'Basic', 2900, 10, 20, 2000, 1000, 365),
  ('professional', 3, 'Professional', 9900, 50, 200, 20000, 5000, 1095),
  ('enterprise', 4, 'Enterprise', 29900, NULL, NULL, NULL, 20000, NULL);
ALTER TABLE organizations ADD CONSTRAINT organizations_plan_key_fkey FOREIGN KEY (plan_key) REFERENCES plans (key);
ALTER TABLE organization_limits ADD CHECK (key IN ('members', 'projects', 'storage_mb', 'api_calls')), ADD CHECK (value >= 0);
ALTER TABLE usage_counts ADD CHECK (key IN ('members', 'projects', 'storage_mb', 'api_calls')), ADD CHECK (value >= 0);

CALL kernel.protect_global_table('plans', 'reference', '{select}');
CREATE POLICY directory ON plans FOR SELECT TO app_directory USING (true);
GRANT SELECT ON plans TO app_directory;
CALL kernel.protect_table('organization_limits', 'organization', commands => '{select}');
CALL kernel.protect_table('usage_counts', 'organization', commands => '{select}');
CREATE POLICY directory ON organization_limits FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON usage_counts FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON containers FOR SELECT TO app_directory USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON organization_limits, usage_counts TO app_directory;
GRANT SELECT (tenant_id, kind, archived_at) ON containers TO app_directory;
GRANT UPDATE (status, plan_since) ON organizations TO app_directory;
GRANT UPDATE (plan_key, plan_since, status) ON organizations TO app_kernel;
-- What nobody did is the system's doing; leaving is the person's own.
DROP POLICY directory_to_insert ON audit_events;
CREATE POLICY directory_to_insert ON audit_events FOR INSERT TO app_directory WITH CHECK (actor_kind = 'system' AND actor_user_id IS NULL OR action = 'member.left');

-- The plan whose limits hold: in a trial those of the professional one, unless a larger one was chosen.
CREATE FUNCTION kernel.plan_of(tenant uuid, at timestamptz) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.key FROM public.organizations o JOIN public.plans p ON p.key = o.plan_key OR p.key = 'professional' AND o.status = 'trial' AND coalesce(o.trial_ends_at, 'infinity') > at
   WHERE o.id = tenant ORDER BY p.position DESC LIMIT 1
$$;
CREATE FUNCTION kernel.limit_of(tenant uuid, limit_key text, at timestamptz) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE WHEN l.id IS NOT NULL THEN l.value ELSE CASE limit_key WHEN 'members' THEN p.members WHEN 'projects' THEN p.projects WHEN 'storage_mb' THEN p.storage_mb WHEN 'api_calls' THEN p.api_calls_per_hour END END
    FROM public.plans p LEFT JOIN public.organization_limits l ON l.tenant_id = tenant AND l.key = limit_key WHERE p.key = kernel.plan_of(tenant, at)
$$;
-- Seats are people who are in, who ask to be, and who are invited and have not come yet; projects those that are not archived.
CREATE FUNCTION kernel.usage_of(tenant uuid, limit_key text, at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE limit_key
    WHEN 'members' THEN (SELECT count(*) FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = tenant AND m.status IN ('active', 'pending_approval') AND u.kind = 'person')
      + (SELECT count(*) FROM public.invitations i WHERE i.tenant_id = tenant AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > at
          AND NOT EXISTS (SELECT FROM public.users u JOIN public.memberships m ON m.user_id = u.id WHERE u.email_lc = i.email_lc AND m.tenant_id = tenant AND m.status IN ('active', 'pending_approval')))
    WHEN 'projects' THEN (SELECT count(*) FROM public.containers c WHERE c.tenant_id = tenant AND c.kind = 'project' AND c.archived_at IS NULL)
    WHEN 'api_calls' THEN coalesce((SELECT u.value FROM public.usage_counts u WHERE u.tenant_id = tenant AND u.key = 'api_calls' AND u.starts_at = date_trunc('hour', at)), 0)
    ELSE 0 END
$$;

-- Held on every path and in the transaction of the insert: two who want the last seat wait for each other at the organization's
-- row, and the second is refused. A limit that was lowered takes nothing away; it lets nothing more in. What comes out of an archive
-- is not judged: app_directory writes projects and files only for an organization that is being restored.
CREATE FUNCTION kernel.hold_limit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  at   timestamptz := clock_timestamp();
  most int;
  used bigint;
BEGIN
  PERFORM FROM public.organizations o WHERE o.id = NEW.tenant_id FOR NO KEY UPDATE;
  most := kernel.limit_of(NEW.tenant_id, TG_ARGV[0], at);
  IF most IS NOT NULL THEN
    used := kernel.usage_of(NEW.tenant_id, TG_ARGV[0], at);
    IF used > most THEN
      RAISE EXCEPTION '%', json_build_object('limit', TG_ARGV[0], 'current', used - 1, 'max', most) USING ERRCODE = 'BH001';
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER hold_limit AFTER INSERT ON memberships FOR EACH ROW WHEN (NEW.status IN ('active', 'pending_approval')) EXECUTE FUNCTION kernel.hold_limit('members');
CREATE TRIGGER hold_limit_again AFTER UPDATE ON memberships FOR EACH ROW WHEN (NEW.status IN ('active', 'pending_approval') AND OLD.status NOT IN ('active', 'pending_approval')) EXECUTE FUNCTION kernel.hold_limit('members');
CREATE TRIGGER hold_limit AFTER INSERT ON invitations FOR EACH ROW WHEN (NEW.accepted_at IS NULL AND NEW.revoked_at IS NULL) EXECUTE FUNCTION kernel.hold_limit('members');
CREATE TRIGGER hold_limit_again AFTER UPDATE ON invitations FOR EACH ROW WHEN (NEW.accepted_at IS NULL AND NEW.revoked_at IS NULL AND (NEW.expires_at > OLD.expires_at OR OLD.revoked_at IS NOT NULL)) EXECUTE FUNCTION kernel.hold_limit('members');
CREATE TRIGGER hold_limit AFTER INSERT ON containers FOR EACH ROW WHEN (NEW.kind = 'project' AND NEW.archived_at IS NULL AND current_user <> 'app_directory') EXECUTE FUNCTION kernel.hold_limit('projects');
CREATE TRIGGER hold_limit_again AFTER UPDATE ON containers FOR EACH ROW WHEN (NEW.kind = 'project' AND NEW.archived_at IS NULL AND OLD.archived_at IS NOT NULL) EXECUTE FUNCTION kernel.hold_limit('projects');

-- What the organization entered uses and may use: every member is told before they reach a limit.
CREATE FUNCTION kernel.my_usage(at timestamptz) RETURNS TABLE (limit_key text, used bigint, most int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT k, kernel.usage_of(kernel.tenant_id(), k, at), kernel.limit_of(kernel.tenant_id(), k, at) FROM unnest('{members,projects,storage_mb,api_calls}'::text[]) k
$$;

-- Counts something of the hour and answers the sum; callers refuse what is above the limit.
CREATE FUNCTION kernel.count_usage(tenant uuid, counted text, hour timestamptz, amount bigint) RETURNS TABLE (used bigint, most int)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public.usage_counts AS c (tenant_id, id, key, starts_at, value) VALUES (tenant, gen_random_uuid(), counted, date_trunc('hour', hour), amount)
  ON CONFLICT (tenant_id, key, starts_at) DO UPDATE SET value = c.value + EXCLUDED.value, updated_at = hour
  RETURNING c.value, kernel.limit_of(tenant, counted, hour)
$$;

-- Once an hour, so many organizations at a time after one of them: what each holds today, trials that have run out, and counts of
-- hours three months old. `last`: where to go on; null at the end.
CREATE FUNCTION kernel.record_usage(at timestamptz, after uuid, how_many int) RETURNS TABLE (recorded bigint, trials_ended bigint, last uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH portion AS (
    SELECT o.id FROM public.organizations o WHERE o.id > after ORDER BY o.id LIMIT how_many
  ), written AS (
    INSERT INTO public.usage_counts AS c (tenant_id, id, key, starts_at, value)
    SELECT o.id, gen_random_uuid(), k, date_trunc('day', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', kernel.usage_of(o.id, k, at) FROM portion JOIN public.organizations o USING (id), unnest('{members,projects,storage_mb}'::text[]) k WHERE o.deleted_at IS NULL
    ON CONFLICT (tenant_id, key, starts_at) DO UPDATE SET value = EXCLUDED.value, updated_at = at RETURNING 1
  ), ended AS (
    UPDATE public.organizations o SET status = 'active', plan_since = at, updated_at = at FROM portion p WHERE o.id = p.id AND o.status = 'trial' AND o.trial_ends_at <= at RETURNING o.id
  ), told AS (
    INSERT INTO public.audit_events (tenant_id, id, actor_kind, action, entity_kind, entity_id, at) SELECT e.id, gen_random_uuid(), 'system', 'organization.trial_ended', 'organization', e.id, at FROM ended e
  ), swept AS (
    DELETE FROM public.usage_counts c USING portion p WHERE c.tenant_id = p.id AND c.key = 'api_calls' AND c.starts_at < at - interval '90 days'
  )
  SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM ended), (SELECT p.id FROM portion p ORDER BY p.id DESC LIMIT 1)
$$;

-- The owner's choice. A trial is over with it, unless it is the free plan, which begins when the trial ends. Since when the plan
-- holds is noted: what a shorter one does not keep goes only after it has held for a while.
CREATE FUNCTION kernel.choose_plan(wished text, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  before text;
BEGIN
  PERFORM kernel.require_role('owner');
  SELECT o.plan_key INTO before FROM public.organizations o WHERE o.id = kernel.tenant_id() FOR NO KEY UPDATE;
  UPDATE public.organizations o SET plan_key = wished, plan_since = CASE WHEN o.plan_key = wished AND o.status <> 'trial' THEN o.plan_since ELSE at END, status = CASE WHEN o.status = 'trial' AND wished <> 'free' THEN 'active' ELSE o.status END, updated_at = at WHERE o.id = kernel.tenant_id();
  RETURN before;
END $$;

-- A limit of one organization in place of its plan's, given by those who run the installation.
CREATE FUNCTION kernel.set_limit(tenant uuid, limit_key text, most int, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public.organization_limits (tenant_id, id, key, value, created_at, updated_at) VALUES (tenant, gen_random_uuid(), limit_key, most, at, at)
  ON CONFLICT (tenant_id, key) DO UPDATE SET value = EXCLUDED.value, updated_at = at
$$;

DO $$
DECLARE
  it record;
BEGIN
  FOR it IN SELECT * FROM (VALUES
    ('plan_of(uuid, timestamptz)', 'app_directory', '{}'), ('limit_of(uuid, text, timestamptz)', 'app_directory', '{}'), ('usage_of(uuid, text, timestamptz)', 'app_directory', '{}'), ('hold_limit()', 'app_directory', '{}'),
    ('my_usage(timestamptz)', 'app_directory', '{app_tenant}'), ('count_usage(uuid, text, timestamptz, bigint)', 'app_directory', '{app_platform}'), ('record_usage(timestamptz, uuid, int)', 'app_directory', '{app_platform}'),
    ('choose_plan(text, timestamptz)', 'app_kernel', '{app_tenant}'), ('set_limit(uuid, text, int, timestamptz)', 'app_directory', '{app_platform}')
  ) AS v(signature, owner, callers) LOOP
    CALL kernel.give_function(('kernel.' || it.signature)::regprocedure, it.owner::name, it.callers::name[]);
  END LOOP;
END $$;
