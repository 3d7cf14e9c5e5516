-- What values may be, and who may see what proves who somebody is: of a person's own matters the platform role reads and
-- writes only those of the person it has entered (docs/isolation.md). Everything asked before that has a function.

ALTER TABLE sessions ADD CHECK (method ~ '^[a-z_]{1,40}$');
ALTER TABLE refresh_tokens ADD CHECK (octet_length(token_hash) = 32);
-- A foreign key looks past policies: without the person on both sides a token could be hung onto somebody else's session.
CREATE UNIQUE INDEX sessions_id_user_id_key ON sessions (id, user_id);
ALTER TABLE refresh_tokens DROP CONSTRAINT refresh_tokens_session_id_fkey,
  ADD CONSTRAINT refresh_tokens_session_id_user_id_fkey FOREIGN KEY (session_id, user_id) REFERENCES sessions (id, user_id);
ALTER TABLE devices ADD CHECK (octet_length(token_hash) = 32);
ALTER TABLE recovery_codes ADD CHECK (octet_length(code_hash) = 32);
ALTER TABLE passkeys ADD CHECK (char_length(name) BETWEEN 1 AND 60), ADD CHECK (octet_length(credential_id) BETWEEN 1 AND 1023);
ALTER TABLE one_time_tokens ADD CHECK (octet_length(token_hash) = 32),
  ADD CHECK (purpose IN ('sign_up', 'verify_email', 'reset_password', 'change_email', 'connect', 'passkey_add', 'passkey_use'));
ALTER TABLE avatars ADD CHECK (mime IN ('image/png', 'image/jpeg', 'image/webp')), ADD CHECK (octet_length(bytes) BETWEEN 1 AND 262144);
ALTER TABLE notification_preferences ADD CHECK (channel IN ('app', 'email')), ADD CHECK (kind ~ '^[a-z_.]{1,60}$');
ALTER TABLE mails ADD CHECK (status IN ('queued', 'sent', 'failed')), ADD CHECK (char_length(to_address) BETWEEN 3 AND 320);
ALTER TABLE access_rules ADD CHECK (kind IN ('email', 'domain')), ADD CHECK (role IN ('member', 'field', 'viewer')),
  ADD CHECK (value_lc = lower(value_lc) AND char_length(value_lc) BETWEEN 3 AND 320 AND (kind = 'email') = (strpos(value_lc, '@') > 0));
ALTER TABLE invitations ADD CHECK (role IN ('owner', 'admin', 'manager', 'member', 'field', 'viewer')), ADD CHECK (octet_length(token_hash) = 32),
  ADD CHECK (delivered_by IN ('email', 'link')), ADD CHECK (resend_count BETWEEN 0 AND 5), ADD CHECK (email_lc = lower(email_lc)), ADD CHECK (char_length(message) <= 500),
  ADD CHECK ((accepted_at IS NULL) = (accepted_by IS NULL));
-- One open invitation an address.
CREATE UNIQUE INDEX invitations_open_key ON invitations (tenant_id, email_lc) WHERE accepted_at IS NULL AND revoked_at IS NULL;
ALTER TABLE organizations DROP CONSTRAINT organizations_join_policy_check,
  ADD CHECK (join_policy IN ('invite_only', 'listed_addresses', 'listed_domains', 'approval')),
  ADD CHECK (second_factor_grace_days BETWEEN 0 AND 90);
ALTER TABLE memberships ADD CHECK (requested_role IN ('member', 'field', 'viewer'));
-- Whoever is in already has found their way. Forced row security shows the owner of the table no row: it is lifted for this one
-- statement, in this transaction, which holds the table.
ALTER TABLE memberships NO FORCE ROW LEVEL SECURITY;
UPDATE memberships SET onboarding_done_at = coalesce(joined_at, created_at);
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;

-- ---------------------------------------------------------------------------------------------------------------
-- A person's own matters.

ALTER TABLE kernel.tables ADD COLUMN hidden_columns text[];

-- SET LOCAL ends with the transaction, as in kernel.enter.
CREATE FUNCTION kernel.enter_person(person uuid) RETURNS void LANGUAGE plpgsql
AS $$
BEGIN
  IF person IS NULL THEN
    RAISE EXCEPTION 'kernel.enter_person needs a person' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format('SET LOCAL app.user_id = %L', person);
END $$;
REVOKE ALL ON FUNCTION kernel.enter_person(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.enter_person(uuid), kernel.user_id() TO app_platform;

-- A table that belongs to no tenant. With a person column the platform role reaches the rows of the person it has entered,
-- without one all rows; hidden columns are never read, and without any command only functions reach the table.
DROP PROCEDURE kernel.protect_global_table(text, text, text[]);
CREATE PROCEDURE kernel.protect_global_table(table_name text, class text, commands text[], person_column text DEFAULT NULL, hidden_columns text[] DEFAULT NULL)
LANGUAGE plpgsql
AS $$
DECLARE
  command   text;
  stale     name;
  condition text := CASE WHEN person_column IS NULL THEN 'true' ELSE kernel.piece('me', quote_ident(person_column), 'standard') END;
  columns   text;
BEGIN
  INSERT INTO kernel.tables (table_name, family, class, commands, person_column, hidden_columns)
  VALUES (table_name, 'global', class, commands, person_column, hidden_columns)
  ON CONFLICT ON CONSTRAINT tables_pkey DO UPDATE SET class = EXCLUDED.class, commands = EXCLUDED.commands,
    person_column = EXCLUDED.person_column, hidden_columns = EXCLUDED.hidden_columns;
  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', table_name);
  EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, app_tenant, app_platform', table_name);
  FOREACH stale IN ARRAY '{directory_of_the_platform,rows_of_this_person}'::name[] LOOP
    EXECUTE format('DROP POLICY IF EXISTS %I ON public.%I', stale, table_name);
  END LOOP;
  IF cardinality(commands) > 0 THEN
    EXECUTE format('CREATE POLICY %I ON public.%I FOR ALL TO app_platform USING (%s) WITH CHECK (%s)',
      CASE WHEN person_column IS NULL THEN 'directory_of_the_platform' ELSE 'rows_of_this_person' END, table_name, condition, condition);
  END IF;
  SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns FROM pg_catalog.pg_attribute a
   WHERE a.attrelid = ('public.' || quote_ident(table_name))::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (hidden_columns);
  FOREACH command IN ARRAY commands LOOP
    EXECUTE format('GRANT %s%s ON public.%I TO app_platform', command, CASE WHEN command = 'select' AND columns IS NOT NULL THEN ' (' || columns || ')' END, table_name);
  END LOOP;
END $$;
REVOKE ALL ON ROUTINE kernel.protect_global_table(text, text, text[], text, text[]) FROM PUBLIC;

CALL kernel.protect_global_table('users', 'reference', '{select,insert,update}', 'id', '{password_hash}');
CALL kernel.protect_global_table('sessions', 'local', '{select,insert,update}', 'user_id', '{token_hash}');
CALL kernel.protect_global_table('platform_audit_events', 'local', '{select,insert}', 'user_id');
CALL kernel.protect_global_table('refresh_tokens', 'local', '{select,insert}', 'user_id', '{token_hash}');
-- Its digest is read to know a browser again: of the person's own, and good for nothing without the cookie.
CALL kernel.protect_global_table('devices', 'local', '{select,insert,update,delete}', 'user_id');
CALL kernel.protect_global_table('user_identities', 'local', '{select,insert,update,delete}', 'user_id');
CALL kernel.protect_global_table('avatars', 'local', '{select,insert,update,delete}', 'user_id');
CALL kernel.protect_global_table('notification_preferences', 'local', '{select,insert,update,delete}', 'user_id');
CALL kernel.protect_global_table('totp_factors', 'local', '{select,insert,update,delete}', 'user_id');
CALL kernel.protect_global_table('recovery_codes', 'local', '{select,insert,update,delete}', 'user_id');
CALL kernel.protect_global_table('passkeys', 'local', '{select,insert,update,delete}', 'user_id');
CALL kernel.protect_global_table('one_time_tokens', 'local', '{select,update,delete}', 'user_id', '{token_hash}');
CALL kernel.protect_global_table('mails', 'local', '{}');
CALL kernel.protect_global_table('rate_limits', 'local', '{select,insert,update,delete}');

CALL kernel.protect_table('access_rules', 'sensitive', write_roles => '{owner,admin}', commands => '{select,insert,update}');
CALL kernel.protect_table('invitations', 'sensitive', write_roles => '{owner,admin}', commands => '{select,insert,update}', role_column => 'role');

-- ---------------------------------------------------------------------------------------------------------------
-- Functions. Those of app_directory answer the platform role before a person or an organization is known, each with a
-- predicate of its own; those of app_kernel act inside the tenant and for the person that the transaction has entered.

CREATE POLICY directory ON refresh_tokens FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON devices FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON user_identities FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON passkeys FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON totp_factors FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON avatars FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON notification_preferences FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON one_time_tokens FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON mails FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON platform_audit_events FOR INSERT TO app_directory WITH CHECK (true);
CREATE POLICY directory ON access_rules FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON invitations FOR SELECT TO app_directory USING (true);
CREATE POLICY directory_to_update ON memberships FOR UPDATE TO app_directory USING (user_id = (SELECT kernel.user_id())) WITH CHECK (status = 'removed');
CREATE POLICY directory_of_mine ON container_members FOR ALL TO app_directory USING (user_id = (SELECT kernel.user_id()));
CREATE POLICY directory_of_mine ON team_members FOR ALL TO app_directory USING (user_id = (SELECT kernel.user_id()));
CREATE POLICY directory_to_insert ON audit_events FOR INSERT TO app_directory WITH CHECK (actor_user_id = (SELECT kernel.user_id()) AND action = 'member.left');
GRANT SELECT, DELETE ON container_members, team_members TO app_directory;
GRANT UPDATE (status, display_name, updated_at, version) ON memberships TO app_directory;
GRANT UPDATE (updated_at) ON organizations TO app_directory;
GRANT INSERT ON audit_events TO app_directory;
CREATE POLICY directory_to_insert ON users FOR INSERT TO app_directory WITH CHECK (NOT is_super_admin);
GRANT SELECT ON refresh_tokens, devices, user_identities, passkeys, totp_factors, avatars, notification_preferences, one_time_tokens, mails, access_rules, invitations TO app_directory;
GRANT INSERT ON users, one_time_tokens, mails, platform_audit_events TO app_directory;
GRANT UPDATE (used_at) ON one_time_tokens, refresh_tokens TO app_directory;
CREATE POLICY directory ON rate_limits FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT, DELETE ON rate_limits TO app_directory;
GRANT DELETE ON one_time_tokens, mails TO app_directory;
GRANT UPDATE (revoked_at, revoke_reason) ON sessions TO app_directory;
GRANT UPDATE (status, data, attempts, run_after, locked_until, sent_at, error) ON mails TO app_directory;

CREATE POLICY person_for_kernel ON users FOR SELECT TO app_kernel USING (id = (SELECT kernel.user_id()));
CREATE POLICY my_organization_for_kernel ON organizations FOR ALL TO app_kernel USING (id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_for_kernel ON memberships FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_for_kernel ON access_rules FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_for_kernel ON invitations FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_for_kernel ON audit_events FOR INSERT TO app_kernel WITH CHECK (tenant_id = (SELECT kernel.tenant_id()));
DROP POLICY tenant_for_kernel ON container_members;
CREATE POLICY tenant_for_kernel ON container_members FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
DROP POLICY tenant_for_kernel ON team_members;
CREATE POLICY tenant_for_kernel ON team_members FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT ON users, organizations, memberships, access_rules, invitations TO app_kernel;
GRANT INSERT, UPDATE ON memberships TO app_kernel;
GRANT UPDATE (accepted_at, accepted_by, updated_at) ON invitations TO app_kernel;
-- Also to lock the organization's row while its last owner might go.
GRANT UPDATE (updated_at, join_policy, second_factor_required_at, second_factor_grace_days, name, timezone) ON organizations TO app_kernel;
GRANT INSERT ON audit_events TO app_kernel;
GRANT DELETE ON container_members, team_members TO app_kernel;

-- Whether a person has a second factor: an authenticator that was confirmed, or a passkey.
CREATE FUNCTION kernel.has_second_factor(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT FROM public.totp_factors t WHERE t.user_id = person AND t.confirmed_at IS NOT NULL)
      OR EXISTS (SELECT FROM public.passkeys p WHERE p.user_id = person)
$$;

-- The person behind a session, as before, and what stands between them and their work (gate).
DROP FUNCTION kernel.find_member(bytea, timestamptz, int, text);
DROP FUNCTION kernel.find_person(bytea, timestamptz, int);
CREATE FUNCTION kernel.find_person(session_hash bytea, at timestamptz, idle_minutes int)
RETURNS TABLE (session_id uuid, session_kind text, method text, proven_at timestamptz, user_id uuid, name text, email text, email_verified boolean, timezone text, locale text,
  avatar_hash text, is_super_admin boolean, has_second_factor boolean, has_password boolean, gate text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  UPDATE public.sessions s SET last_seen_at = at, idle_expires_at = greatest(s.idle_expires_at, at + make_interval(mins => idle_minutes))
   WHERE s.token_hash = session_hash AND s.revoked_at IS NULL AND s.expires_at > at AND s.idle_expires_at > at
     AND s.last_seen_at < at - interval '1 minute';
  RETURN QUERY
  SELECT s.id, s.kind, s.method, s.proven_at, u.id, u.name, u.email, u.email_verified_at IS NOT NULL, u.timezone, u.locale,
    u.avatar_hash, u.is_super_admin, kernel.has_second_factor(u.id), u.password_hash IS NOT NULL,
    CASE WHEN s.needs_factor AND s.factor_at IS NULL THEN 'second_factor'
         WHEN u.must_change_password THEN 'new_password' END
    FROM public.sessions s JOIN public.users u ON u.id = s.user_id
   WHERE s.token_hash = session_hash AND s.revoked_at IS NULL AND s.expires_at > at AND s.idle_expires_at > at
     AND u.status = 'active' AND u.kind = 'person';
END $$;

-- Why a session is over, for the page that asks to sign in again. Nothing about one that was never there.
CREATE FUNCTION kernel.end_of_session(session_hash bytea) RETURNS TABLE (reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE WHEN u.status <> 'active' THEN u.status ELSE coalesce(s.revoke_reason, 'expired') END
    FROM public.sessions s JOIN public.users u ON u.id = s.user_id WHERE s.token_hash = session_hash
$$;

-- Acting in one organization. No organization while a gate of the person is closed; its own gates come after. A member let
-- in by a rule is out while the rule is off. `factor_by`: when the organization will ask for a second factor.
CREATE FUNCTION kernel.find_member(session_hash bytea, at timestamptz, idle_minutes int, wished_slug text)
RETURNS TABLE (session_id uuid, session_kind text, method text, proven_at timestamptz, user_id uuid, name text, email text, email_verified boolean, timezone text, locale text,
  avatar_hash text, is_super_admin boolean, has_second_factor boolean, has_password boolean, gate text,
  tenant_id uuid, slug text, organization text, colour text, kind text, organization_timezone text, organization_status text,
  suspended_reason text, role text, display_name text, modules text[], factor_by timestamptz, organization_gate text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.*, o.id, o.slug, o.name, o.colour, o.kind, o.timezone, o.status, o.suspended_reason, m.role, m.display_name,
    ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key),
    f.factor_by,
    CASE WHEN m.password_change_required_at > coalesce((SELECT u.password_changed_at FROM public.users u WHERE u.id = p.user_id), '-infinity') THEN 'new_password'
         WHEN f.factor_by <= at THEN 'set_up_factor'
         WHEN m.onboarding_done_at IS NULL AND NOT m.skip_onboarding THEN 'onboarding' END
  FROM kernel.find_person(session_hash, at, idle_minutes) p
  LEFT JOIN (public.organizations o JOIN public.memberships m ON m.tenant_id = o.id AND m.status = 'active')
    ON o.slug = wished_slug AND o.deleted_at IS NULL AND m.user_id = p.user_id AND p.gate IS NULL
      AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
  LEFT JOIN LATERAL (SELECT greatest(o.second_factor_required_at, m.joined_at) + make_interval(days => o.second_factor_grace_days) AS factor_by
    WHERE o.second_factor_required_at IS NOT NULL AND NOT p.has_second_factor) f ON true
$$;

DROP FUNCTION kernel.find_membership(uuid, uuid);
CREATE FUNCTION kernel.find_membership(tenant uuid, person uuid)
RETURNS TABLE (tenant_id uuid, slug text, organization text, colour text, kind text, organization_timezone text,
  user_id uuid, name text, email text, role text, display_name text, modules text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.slug, o.name, o.colour, o.kind, o.timezone, u.id, u.name, u.email, m.role, m.display_name,
    ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key)
  FROM public.memberships m JOIN public.organizations o ON o.id = m.tenant_id JOIN public.users u ON u.id = m.user_id
  WHERE m.tenant_id = tenant AND m.user_id = person AND m.status = 'active' AND u.status = 'active'
    AND o.deleted_at IS NULL AND o.status IN ('trial', 'active')
    AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
$$;

-- The organizations of one person, for the switcher; those that have not decided about them yet come with status 'pending_approval'.
DROP FUNCTION kernel.organizations_of(uuid);
CREATE FUNCTION kernel.organizations_of(person uuid)
RETURNS TABLE (slug text, name text, colour text, role text, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.slug, o.name, o.colour, m.role, CASE WHEN m.status = 'active' THEN o.status ELSE m.status END
  FROM public.memberships m JOIN public.organizations o ON o.id = m.tenant_id
  WHERE m.user_id = person AND m.status IN ('active', 'pending_approval') AND o.deleted_at IS NULL
    AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
  ORDER BY lower(o.name)
$$;

-- What a password is checked against: by address at sign-in, for the person entered when they prove themselves again.
CREATE FUNCTION kernel.credentials_of(address text, device_hash bytea)
RETURNS TABLE (user_id uuid, name text, kind text, status text, password_hash text, password_algorithm text, knows_device boolean, has_devices boolean, has_second_factor boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT u.id, u.name, u.kind, u.status, u.password_hash, u.password_algorithm,
    EXISTS (SELECT FROM public.devices d WHERE d.user_id = u.id AND d.token_hash = device_hash),
    EXISTS (SELECT FROM public.devices d WHERE d.user_id = u.id), kernel.has_second_factor(u.id)
    FROM public.users u WHERE u.email_lc = address
$$;
CREATE FUNCTION kernel.my_password() RETURNS TABLE (password_hash text, password_algorithm text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT u.password_hash, u.password_algorithm FROM public.users u WHERE u.id = kernel.user_id() $$;

-- Whose account at a provider this is, and whose passkey.
CREATE FUNCTION kernel.identity_owner(wished_issuer text, wished_subject text) RETURNS TABLE (user_id uuid, status text, has_devices boolean, has_second_factor boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT u.id, u.status, EXISTS (SELECT FROM public.devices d WHERE d.user_id = u.id), kernel.has_second_factor(u.id)
    FROM public.user_identities i JOIN public.users u ON u.id = i.user_id
   WHERE i.issuer = wished_issuer AND i.subject = wished_subject
$$;
CREATE FUNCTION kernel.passkey_owner(wished_credential bytea) RETURNS TABLE (user_id uuid, status text, has_devices boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT u.id, u.status, EXISTS (SELECT FROM public.devices d WHERE d.user_id = u.id)
    FROM public.passkeys k JOIN public.users u ON u.id = k.user_id WHERE k.credential_id = wished_credential
$$;

-- One-time tokens: made, looked at, used. Using one is a single statement, so fifty at once give one success.
CREATE FUNCTION kernel.create_token(token_id uuid, wished_purpose text, hash bytea, person uuid, address text, content jsonb, valid_until timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public.one_time_tokens (id, purpose, token_hash, user_id, email_lc, payload, expires_at)
  VALUES (token_id, wished_purpose, hash, person, address, content, valid_until)
$$;
CREATE FUNCTION kernel.find_token(wished_purpose text, hash bytea, at timestamptz) RETURNS TABLE (user_id uuid, email_lc text, payload jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.user_id, t.email_lc, t.payload FROM public.one_time_tokens t
   WHERE t.token_hash = hash AND t.purpose = wished_purpose AND t.used_at IS NULL AND t.expires_at > at
$$;
CREATE FUNCTION kernel.use_token(wished_purpose text, hash bytea, at timestamptz) RETURNS TABLE (user_id uuid, email_lc text, payload jsonb)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE public.one_time_tokens t SET used_at = at
   WHERE t.token_hash = hash AND t.purpose = wished_purpose AND t.used_at IS NULL AND t.expires_at > at
  RETURNING t.user_id, t.email_lc, t.payload
$$;

-- Exchanging a refresh token. A used one that comes again ends its session: somebody else has a copy.
CREATE FUNCTION kernel.use_refresh_token(hash bytea, at timestamptz) RETURNS TABLE (state text, session_id uuid, user_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  found_session uuid;
  found_person  uuid;
  was_used      timestamptz;
BEGIN
  SELECT t.session_id, t.user_id, t.used_at INTO found_session, found_person, was_used FROM public.refresh_tokens t
   WHERE t.token_hash = hash AND t.expires_at > at FOR UPDATE;
  IF found_session IS NULL THEN
    RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::uuid;
  ELSIF was_used IS NOT NULL THEN
    UPDATE public.sessions s SET revoked_at = at, revoke_reason = 'token_reused' WHERE s.id = found_session AND s.revoked_at IS NULL;
    RETURN QUERY SELECT 'reused', found_session, found_person;
  ELSE
    UPDATE public.refresh_tokens t SET used_at = at WHERE t.token_hash = hash;
    RETURN QUERY SELECT CASE WHEN s.kind = 'api' AND s.revoked_at IS NULL AND s.expires_at > at AND s.idle_expires_at > at AND u.status = 'active' THEN 'valid' ELSE 'unknown' END, s.id, u.id
      FROM public.sessions s JOIN public.users u ON u.id = s.user_id WHERE s.id = found_session;
  END IF;
END $$;

-- An event of the platform about somebody who is not signed in, known or not.
CREATE FUNCTION kernel.record_event(event_id uuid, person uuid, what text, about text, succeeded boolean, why text, address text, agent text, request text, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public.platform_audit_events (id, user_id, action, subject, success, reason, ip, user_agent, request_id, at)
  VALUES (event_id, person, what, about, succeeded, why, address, agent, request, at)
$$;

-- Mail: written in any transaction, taken by one sender at a time, and kept until it is sent or has failed for good.
CREATE FUNCTION kernel.enqueue_mail(mail_id uuid, wished_kind text, receiver text, content jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ INSERT INTO public.mails (id, kind, to_address, data) VALUES (mail_id, wished_kind, receiver, content) $$;
-- The same from an organization's own transaction: of its kinds alone, and to nobody but those whom it invites or who are, or ask
-- to be, its members. Whoever could run a statement of their own there could else write to anybody in the installation's name.
CREATE FUNCTION kernel.enqueue_organization_mail(mail_id uuid, wished_kind text, receiver text, content jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF wished_kind = 'invitation' AND EXISTS (SELECT FROM public.invitations i WHERE i.tenant_id = kernel.tenant_id() AND i.email = receiver AND i.accepted_at IS NULL AND i.revoked_at IS NULL)
    OR wished_kind IN ('join_requested', 'join_approved', 'join_declined')
      AND EXISTS (SELECT FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = kernel.tenant_id() AND u.email = receiver) THEN
    PERFORM kernel.enqueue_mail(mail_id, wished_kind, receiver, content);
  ELSE
    RAISE EXCEPTION 'an organization writes to its own people only' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
CREATE FUNCTION kernel.take_mail(at timestamptz, lease_seconds int, how_many int) RETURNS TABLE (id uuid, kind text, to_address text, data jsonb, attempts int, created_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE public.mails m SET locked_until = at + make_interval(secs => lease_seconds), attempts = m.attempts + 1
   WHERE m.id IN (SELECT q.id FROM public.mails q WHERE q.status = 'queued' AND q.run_after <= at AND (q.locked_until IS NULL OR q.locked_until <= at)
     ORDER BY q.run_after, q.id LIMIT how_many FOR UPDATE SKIP LOCKED)
  RETURNING m.id, m.kind, m.to_address, m.data, m.attempts, m.created_at
$$;
CREATE FUNCTION kernel.finish_mail(mail_id uuid, new_status text, keeps_content boolean, problem text, again_at timestamptz, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE public.mails m SET status = new_status, data = CASE WHEN keeps_content THEN m.data ELSE '{}' END, error = problem, locked_until = NULL,
    run_after = coalesce(again_at, m.run_after), sent_at = CASE new_status WHEN 'sent' THEN at END
   WHERE m.id = mail_id
$$;
-- For the mailbox page of an installation on one's own machine.
CREATE FUNCTION kernel.list_mail(how_many int) RETURNS TABLE (id uuid, kind text, to_address text, data jsonb, status text, attempts int, error text, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT m.id, m.kind, m.to_address, m.data, m.status, m.attempts, m.error, m.created_at FROM public.mails m ORDER BY m.created_at DESC, m.id DESC LIMIT how_many
$$;
-- Whether an address may be written to about something that people can switch off.
CREATE FUNCTION kernel.wants_mail(address text, wished_kind text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT NOT EXISTS (SELECT FROM public.notification_preferences n JOIN public.users u ON u.id = n.user_id
    WHERE u.email_lc = address AND n.kind = wished_kind AND n.channel = 'email' AND NOT n.enabled)
$$;

-- What is of no use to anybody any more: links and challenges a week after their end, mail a month after it was sent or had
-- failed, counters that ran out.
CREATE FUNCTION kernel.sweep(at timestamptz) RETURNS TABLE (tokens bigint, mails bigint, counters bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH gone_tokens AS (DELETE FROM public.one_time_tokens t WHERE t.expires_at < at - interval '7 days' RETURNING 1),
    gone_mails AS (DELETE FROM public.mails m WHERE m.status <> 'queued' AND m.created_at < at - interval '30 days' RETURNING 1),
    gone_counters AS (DELETE FROM public.rate_limits r WHERE r.expire < extract(epoch FROM at) * 1000 RETURNING 1)
  SELECT (SELECT count(*) FROM gone_tokens), (SELECT count(*) FROM gone_mails), (SELECT count(*) FROM gone_counters)
$$;

-- A picture is shown to its person and to whoever shares an organization with them.
CREATE FUNCTION kernel.avatar_of(viewer uuid, person uuid) RETURNS TABLE (mime text, bytes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT a.mime, a.bytes FROM public.avatars a WHERE a.user_id = person AND (viewer = person OR EXISTS (
    SELECT FROM public.memberships mine JOIN public.organizations o ON o.id = mine.tenant_id AND o.deleted_at IS NULL JOIN public.memberships theirs ON theirs.tenant_id = mine.tenant_id
     WHERE mine.user_id = viewer AND mine.status = 'active' AND theirs.user_id = person AND theirs.status NOT IN ('removed', 'declined')
       AND (mine.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = mine.tenant_id AND r.id = mine.admitted_by_rule_id AND r.is_active))))
$$;

-- The cast of the demonstration, for the sign-in page.
CREATE FUNCTION kernel.demo_people() RETURNS TABLE (id uuid, name text, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT u.id, u.name, u.email FROM public.users u WHERE u.is_demo AND u.kind = 'person' AND u.password_hash IS NOT NULL ORDER BY u.id $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Becoming a member, and ceasing to be one.

-- An organization that somebody founds begins like every other, whatever the caller says of its plan or state.
CREATE FUNCTION kernel.as_founded(organization jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT organization || '{"status": "trial", "plan_key": "free", "is_demo": false, "suspended_reason": null, "onboarding": "open"}' $$;

-- Whether the person entered has one of these roles in the tenant entered by its own books too: what a caller says may be less, never more.
CREATE FUNCTION kernel.require_role(VARIADIC wanted text[]) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF kernel.role() = ANY (wanted) AND EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id() AND m.status = 'active' AND m.role = ANY (wanted)) THEN
    RETURN;
  END IF;
  RAISE EXCEPTION 'this takes the role of %', array_to_string(wanted, ' or ') USING ERRCODE = 'insufficient_privilege';
END $$;

-- A new person with an organization of their own: the token from the confirmed address says who. Runs in a transaction that
-- has entered the ids to be, so that the first project is made in it too.
CREATE FUNCTION kernel.sign_up(hash bytea, organization jsonb, membership_id uuid, modules jsonb, at timestamptz) RETURNS TABLE (email text, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  asked record;
BEGIN
  SELECT * INTO asked FROM kernel.use_token('sign_up', hash, at);
  IF asked.email_lc IS NULL OR (organization->>'id')::uuid IS DISTINCT FROM kernel.tenant_id() THEN
    RAISE EXCEPTION 'this sign-up is not open' USING ERRCODE = 'invalid_authorization_specification';
  END IF;
  INSERT INTO public.users (id, name, email, email_lc, email_verified_at, password_hash, password_algorithm, password_changed_at, timezone)
  VALUES (kernel.user_id(), asked.payload->>'name', asked.payload->>'email', asked.email_lc, at, asked.payload->>'passwordHash', 'argon2id', at, asked.payload->>'timezone');
  PERFORM kernel.create_organization(kernel.as_founded(organization), kernel.user_id(), asked.payload->>'name', membership_id, modules, at);
  RETURN QUERY SELECT asked.payload->>'email', asked.payload->>'name';
END $$;

-- Somebody who is signed in founds another organization; their session says who.
CREATE FUNCTION kernel.found_organization(session_hash bytea, organization jsonb, membership_id uuid, modules jsonb, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  founder text;
BEGIN
  SELECT u.name INTO founder FROM public.sessions s JOIN public.users u ON u.id = s.user_id
   WHERE s.token_hash = session_hash AND s.user_id = kernel.user_id() AND s.revoked_at IS NULL AND s.expires_at > at AND s.idle_expires_at > at
     AND (NOT s.needs_factor OR s.factor_at IS NOT NULL) AND u.status = 'active' AND NOT u.must_change_password;
  IF founder IS NULL OR (organization->>'id')::uuid IS DISTINCT FROM kernel.tenant_id() THEN
    RAISE EXCEPTION 'nobody is signed in who could found this' USING ERRCODE = 'invalid_authorization_specification';
  END IF;
  PERFORM kernel.create_organization(kernel.as_founded(organization), kernel.user_id(), founder, membership_id, modules, at);
END $$;

-- As before; the owner of a new organization goes through its set-up unless it is said to be done.
DROP FUNCTION kernel.create_organization(jsonb, uuid, text, uuid, jsonb, timestamptz);
CREATE FUNCTION kernel.create_organization(organization jsonb, owner_id uuid, owner_name text, membership_id uuid, modules jsonb, at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO public.organizations (id, code, slug, name, kind, status, plan_key, timezone, currency, colour, is_demo, suspended_reason, created_at, updated_at)
  SELECT o.id, o.code, o.slug, o.name, o.kind, o.status, o.plan_key, o.timezone, o.currency, o.colour, o.is_demo, o.suspended_reason, at, at
    FROM jsonb_to_record(organization) AS o(id uuid, code text, slug text, name text, kind text, status text, plan_key text,
      timezone text, currency text, colour text, is_demo boolean, suspended_reason text);
  INSERT INTO public.memberships (tenant_id, id, user_id, display_name, role, status, joined_at, onboarding_done_at, created_at, updated_at)
  VALUES ((organization->>'id')::uuid, membership_id, owner_id, owner_name, 'owner', 'active', at,
    CASE WHEN organization->>'onboarding' = 'open' THEN NULL ELSE at END, at, at);
  INSERT INTO public.organization_modules (tenant_id, id, key, enabled, created_by, created_at, updated_at)
  SELECT (organization->>'id')::uuid, m.id, m.key, m.enabled, owner_id, at, at
    FROM jsonb_to_recordset(modules) AS m(id uuid, key text, enabled boolean);
END $$;

-- What a link or a code says of an organization to somebody who is no member: found by code, shown to whoever holds the secret.
CREATE FUNCTION kernel.find_invitation(wished_code text, hash bytea, at timestamptz)
RETURNS TABLE (tenant_id uuid, slug text, organization text, colour text, email text, role text, inviter text, message text, delivered_by text, skip_onboarding boolean, state text, has_account boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.slug, o.name, o.colour, i.email, i.role, m.display_name, i.message, i.delivered_by, i.skip_onboarding,
    CASE WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.accepted_at IS NOT NULL THEN 'used' WHEN i.expires_at <= at THEN 'expired'
         WHEN m.status <> 'active' OR m.role NOT IN ('owner', 'admin') OR i.role = 'owner' AND m.role <> 'owner' THEN 'revoked'
         WHEN o.deleted_at IS NOT NULL OR o.status NOT IN ('trial', 'active') THEN 'closed' ELSE 'open' END,
    EXISTS (SELECT FROM public.users u WHERE u.email_lc = i.email_lc)
    FROM public.organizations o JOIN public.invitations i ON i.tenant_id = o.id JOIN public.memberships m ON m.tenant_id = i.tenant_id AND m.user_id = i.created_by
   WHERE o.code = wished_code AND i.token_hash = hash
$$;

-- A new person by invitation. Their address counts as confirmed only if the link came to it by mail.
CREATE FUNCTION kernel.create_invited_person(hash bytea, person_name text, new_password_hash text, wished_timezone text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  asked record;
BEGIN
  SELECT i.email, i.email_lc, i.delivered_by INTO asked FROM public.invitations i JOIN public.organizations o ON o.id = i.tenant_id AND o.deleted_at IS NULL AND o.status IN ('trial', 'active')
   WHERE i.tenant_id = kernel.tenant_id() AND i.token_hash = hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > at;
  IF asked.email IS NULL THEN
    RAISE EXCEPTION 'this invitation is not open' USING ERRCODE = 'invalid_authorization_specification';
  END IF;
  INSERT INTO public.users (id, name, email, email_lc, email_verified_at, password_hash, password_algorithm, password_changed_at, timezone)
  VALUES (kernel.user_id(), person_name, asked.email, asked.email_lc, CASE WHEN asked.delivered_by = 'email' THEN at END, new_password_hash, 'argon2id', at, wished_timezone);
END $$;

-- Puts the person entered into the tenant entered. Somebody who was removed or declined comes back as new: whatever was
-- shared with them before, and by whichever way they went, is not theirs again.
CREATE FUNCTION kernel.admit(membership_id uuid, new_role text, new_status text, wished_role text, rule_id uuid, inviter uuid, skips boolean, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  DELETE FROM public.container_members c USING public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id() AND m.status IN ('removed', 'declined')
    AND c.tenant_id = m.tenant_id AND c.user_id = m.user_id;
  DELETE FROM public.team_members t USING public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id() AND m.status IN ('removed', 'declined')
    AND t.tenant_id = m.tenant_id AND t.user_id = m.user_id;
  INSERT INTO public.memberships (tenant_id, id, user_id, display_name, role, status, requested_role, admitted_by_rule_id, invited_by, skip_onboarding, joined_at, created_by, created_at, updated_at)
  SELECT kernel.tenant_id(), membership_id, u.id, u.name, new_role, new_status, wished_role, rule_id, inviter, skips, CASE new_status WHEN 'active' THEN at END, u.id, at, at
    FROM public.users u WHERE u.id = kernel.user_id()
  ON CONFLICT (tenant_id, user_id) DO UPDATE SET role = EXCLUDED.role, status = EXCLUDED.status, requested_role = EXCLUDED.requested_role, admitted_by_rule_id = EXCLUDED.admitted_by_rule_id,
    invited_by = EXCLUDED.invited_by, skip_onboarding = EXCLUDED.skip_onboarding, joined_at = EXCLUDED.joined_at, onboarding_done_at = NULL, updated_at = at, version = memberships.version + 1
$$;

-- Takes an invitation, once, for the person entered: their address must be the invited one, and whoever invited them must still
-- be able to, so that nobody who was put out lets themselves in again. Answers what came of it.
CREATE FUNCTION kernel.accept_invitation(hash bytea, membership_id uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  asked  record;
  stands text;
BEGIN
  SELECT i.id, i.role, i.created_by, i.skip_onboarding, i.email_lc = u.email_lc AS is_mine INTO asked FROM public.invitations i, public.users u
   WHERE i.tenant_id = kernel.tenant_id() AND i.token_hash = hash AND u.id = kernel.user_id() AND u.status = 'active'
     AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > at
     AND EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = i.tenant_id AND m.user_id = i.created_by AND m.status = 'active' AND (m.role = 'owner' OR m.role = 'admin' AND i.role <> 'owner'))
     FOR UPDATE OF i;
  IF asked.id IS NULL OR NOT EXISTS (SELECT FROM public.organizations o WHERE o.id = kernel.tenant_id() AND o.deleted_at IS NULL AND o.status IN ('trial', 'active')) THEN RETURN 'gone'; END IF;
  IF NOT asked.is_mine THEN RETURN 'other_address'; END IF;
  -- A member whose rule is off is out, and comes in again like anybody else who is invited.
  SELECT CASE WHEN m.status = 'active' AND m.admitted_by_rule_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active)
    THEN 'out' ELSE m.status END INTO stands FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id();
  IF stands = 'suspended' THEN RETURN 'suspended'; END IF;
  IF stands IS DISTINCT FROM 'active' THEN
    PERFORM kernel.admit(membership_id, asked.role, 'active', NULL, NULL, asked.created_by, asked.skip_onboarding, at);
  END IF;
  UPDATE public.invitations i SET accepted_at = at, accepted_by = kernel.user_id(), updated_at = at WHERE i.tenant_id = kernel.tenant_id() AND i.id = asked.id;
  RETURN CASE stands WHEN 'active' THEN 'already' ELSE 'joined' END;
END $$;

-- Whom to tell that somebody asks to join.
CREATE FUNCTION kernel.admins_of(tenant uuid) RETURNS TABLE (email text, slug text, organization text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT u.email, o.slug, o.name FROM public.memberships m JOIN public.users u ON u.id = m.user_id JOIN public.organizations o ON o.id = m.tenant_id
   WHERE m.tenant_id = tenant AND m.status = 'active' AND m.role IN ('owner', 'admin') AND u.status = 'active' AND u.email IS NOT NULL
$$;

-- The address of somebody who has something to do with an organization; and which member has an address, unless the rule that
-- let them in is off: for mail and invitations.
CREATE FUNCTION kernel.address_of(tenant uuid, person uuid) RETURNS TABLE (email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT u.email FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = tenant AND m.user_id = person AND u.email IS NOT NULL
$$;
CREATE FUNCTION kernel.member_with_address(tenant uuid, address text) RETURNS TABLE (user_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT m.user_id FROM public.users u JOIN public.memberships m ON m.user_id = u.id WHERE u.email_lc = address AND m.tenant_id = tenant AND m.status IN ('active', 'suspended')
    AND (m.status = 'suspended' OR m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
$$;

-- Where a code leads, and which organizations list an address. Only for organizations that take people in this way.
CREATE FUNCTION kernel.find_joinable(wished_code text) RETURNS TABLE (tenant_id uuid, slug text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT o.id, o.slug FROM public.organizations o WHERE o.code = wished_code AND o.deleted_at IS NULL AND o.status IN ('trial', 'active') $$;
CREATE FUNCTION kernel.listing(address text, domain text) RETURNS TABLE (tenant_id uuid, code text, slug text, organization text, colour text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT DISTINCT ON (o.id) o.id, o.code, o.slug, o.name, o.colour, r.role FROM public.access_rules r JOIN public.organizations o ON o.id = r.tenant_id
   WHERE r.is_active AND (r.value_lc = address AND r.kind = 'email' AND o.join_policy IN ('listed_addresses', 'listed_domains') OR r.value_lc = domain AND r.kind = 'domain' AND o.join_policy = 'listed_domains')
     AND o.deleted_at IS NULL AND o.status IN ('trial', 'active')
   ORDER BY o.id, r.kind DESC
$$;

-- The person entered asks to join the tenant entered. The organization's policy and its rules decide, here and nowhere else.
CREATE FUNCTION kernel.join_organization(membership_id uuid, event_id uuid, wished_role text, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  tenant uuid := kernel.tenant_id();
  me     record;
  policy text;
  stands record;
  -- Not a record: one that no row was read into cannot be asked for a field.
  rule_id   uuid;
  rule_role text;
BEGIN
  SELECT u.email_lc, split_part(u.email_lc, '@', 2) AS domain, u.email_verified_at IS NOT NULL AS verified INTO me FROM public.users u WHERE u.id = kernel.user_id() AND u.status = 'active';
  -- One at a time: who comes twice at once joins once, and is written down once.
  SELECT o.join_policy INTO policy FROM public.organizations o WHERE o.id = tenant AND o.deleted_at IS NULL AND o.status IN ('trial', 'active') FOR UPDATE;
  SELECT m.status, m.role, m.admitted_by_rule_id INTO stands FROM public.memberships m WHERE m.tenant_id = tenant AND m.user_id = kernel.user_id();
  IF me.email_lc IS NULL OR policy IS NULL THEN RETURN 'refused'; END IF;
  IF policy IN ('listed_addresses', 'listed_domains') AND me.verified THEN
    SELECT r.id, r.role INTO rule_id, rule_role FROM public.access_rules r
     WHERE r.tenant_id = tenant AND r.is_active AND (r.kind = 'email' AND r.value_lc = me.email_lc OR policy = 'listed_domains' AND r.kind = 'domain' AND r.value_lc = me.domain)
     ORDER BY r.kind DESC LIMIT 1;
  END IF;
  IF stands.status = 'active' AND (stands.admitted_by_rule_id IS NULL OR stands.admitted_by_rule_id = rule_id) THEN RETURN 'already'; END IF;
  -- Not told anew: whoever asks again and again would write to its owners each time.
  IF stands.status = 'pending_approval' THEN RETURN 'waiting'; END IF;
  -- Somebody an owner has put out comes back by invitation only.
  IF rule_id IS NOT NULL AND (stands.status IS NULL OR stands.status = 'active') THEN
    -- A role above what rules give was given by a person, and is not taken away by another rule letting them in.
    PERFORM kernel.admit(membership_id, CASE WHEN stands.role IN ('owner', 'admin', 'manager') THEN stands.role ELSE rule_role END, 'active', NULL, rule_id, NULL, false, at);
    RETURN 'joined';
  END IF;
  IF policy = 'approval' AND stands.status IS NULL THEN
    PERFORM kernel.admit(membership_id, wished_role, 'pending_approval', wished_role, NULL, NULL, false, at);
    RETURN 'requested';
  END IF;
  INSERT INTO public.audit_events (tenant_id, id, actor_kind, action, entity_kind, success, reason, at)
  VALUES (tenant, event_id, 'system', 'member.join_refused', 'member', false, policy || ': ' || me.email_lc, at);
  RETURN 'refused';
END $$;

-- The person entered leaves the tenant entered: no seat, no grant stays behind. The last active owner cannot; an owner whom a
-- rule that is off keeps out is none to count on.
CREATE FUNCTION kernel.leave_organization(at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  tenant uuid := kernel.tenant_id();
  me     uuid := kernel.user_id();
  mine   record;
BEGIN
  -- Two owners who leave at once wait for each other here.
  PERFORM FROM public.organizations o WHERE o.id = tenant FOR UPDATE;
  SELECT m.role, m.status INTO mine FROM public.memberships m WHERE m.tenant_id = tenant AND m.user_id = me;
  IF mine.status IS NULL OR mine.status = 'removed' THEN RETURN 'gone'; END IF;
  IF mine.role = 'owner' AND mine.status = 'active' AND NOT EXISTS (
    SELECT FROM public.memberships m WHERE m.tenant_id = tenant AND m.user_id <> me AND m.role = 'owner' AND m.status = 'active' AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))) THEN
    RETURN 'last_owner';
  END IF;
  DELETE FROM public.container_members c WHERE c.tenant_id = tenant AND c.user_id = me;
  DELETE FROM public.team_members t WHERE t.tenant_id = tenant AND t.user_id = me;
  UPDATE public.memberships m SET status = 'removed', updated_at = at, version = m.version + 1 WHERE m.tenant_id = tenant AND m.user_id = me;
  RETURN 'left';
END $$;

-- Where a person has a seat, and whether an organization would be without an owner if they gave it up.
CREATE FUNCTION kernel.seats_of(person uuid) RETURNS TABLE (tenant_id uuid, slug text, name text, is_last_owner boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.slug, o.name, m.role = 'owner' AND m.status = 'active' AND NOT EXISTS (
      SELECT FROM public.memberships other WHERE other.tenant_id = o.id AND other.user_id <> person AND other.role = 'owner' AND other.status = 'active' AND (other.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = other.tenant_id AND r.id = other.admitted_by_rule_id AND r.is_active)))
    FROM public.memberships m JOIN public.organizations o ON o.id = m.tenant_id
   WHERE m.user_id = person AND m.status IN ('active', 'suspended', 'pending_approval') AND o.deleted_at IS NULL ORDER BY o.name
$$;

-- The person entered gives up every seat, for good. Raised when an organization would be without an owner: nothing is done then.
CREATE FUNCTION kernel.leave_everything(at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  me uuid := kernel.user_id();
BEGIN
  -- In the order of their ids, so that two people who share organizations do not wait for each other for ever.
  PERFORM FROM public.organizations o WHERE o.id IN (SELECT m.tenant_id FROM public.memberships m WHERE m.user_id = me) ORDER BY o.id FOR UPDATE;
  IF EXISTS (SELECT FROM kernel.seats_of(me) s WHERE s.is_last_owner) THEN
    RAISE EXCEPTION 'the last owner of an organization cannot leave it' USING ERRCODE = 'object_in_use';
  END IF;
  DELETE FROM public.container_members c USING public.memberships m WHERE m.user_id = me AND c.tenant_id = m.tenant_id AND c.user_id = me;
  DELETE FROM public.team_members t USING public.memberships m WHERE m.user_id = me AND t.tenant_id = m.tenant_id AND t.user_id = me;
  INSERT INTO public.audit_events (tenant_id, id, actor_user_id, action, entity_kind, entity_id, at)
  SELECT m.tenant_id, gen_random_uuid(), me, 'member.left', 'member', me, at FROM public.memberships m WHERE m.user_id = me AND m.status <> 'removed';
  UPDATE public.memberships m SET status = 'removed', display_name = 'Former member', updated_at = at, version = m.version + 1 WHERE m.user_id = me;
END $$;

-- How people may join the tenant entered. Its owners and admins only, as the policies of its other settings say.
CREATE FUNCTION kernel.set_join_policy(wished text, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  before text;
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  SELECT o.join_policy INTO before FROM public.organizations o WHERE o.id = kernel.tenant_id() FOR UPDATE;
  UPDATE public.organizations o SET join_policy = wished, updated_at = at WHERE o.id = kernel.tenant_id();
  RETURN before;
END $$;
-- Since when members need a second factor (null: they need none), and how many days each has to set one up.
CREATE FUNCTION kernel.require_second_factor(since timestamptz, grace_days int, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  UPDATE public.organizations o SET second_factor_required_at = since, second_factor_grace_days = grace_days, updated_at = at WHERE o.id = kernel.tenant_id();
END $$;
-- The owner of a new organization says what it is called and where it is.
CREATE FUNCTION kernel.name_organization(new_name text, new_timezone text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner');
  UPDATE public.organizations o SET name = new_name, timezone = new_timezone, updated_at = at WHERE o.id = kernel.tenant_id();
END $$;

-- Onboarding is done for the person entered: answers whether it was not before.
CREATE FUNCTION kernel.finish_onboarding(new_name text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE public.memberships m SET onboarding_done_at = at, display_name = new_name, updated_at = at
   WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id() AND m.status = 'active' AND m.onboarding_done_at IS NULL;
  RETURN FOUND;
END $$;

GRANT EXECUTE ON FUNCTION kernel.user_id(), kernel.tenant_id() TO app_directory;
DO $$
DECLARE
  it record;
BEGIN
  FOR it IN SELECT * FROM (VALUES
    ('has_second_factor(uuid)', 'app_directory', '{}'), ('find_person(bytea, timestamptz, int)', 'app_directory', '{app_platform}'),
    ('find_member(bytea, timestamptz, int, text)', 'app_directory', '{app_platform}'), ('end_of_session(bytea)', 'app_directory', '{app_platform}'),
    ('find_membership(uuid, uuid)', 'app_directory', '{app_platform}'), ('organizations_of(uuid)', 'app_directory', '{app_platform}'),
    ('create_organization(jsonb, uuid, text, uuid, jsonb, timestamptz)', 'app_directory', '{app_platform}'),
    ('credentials_of(text, bytea)', 'app_directory', '{app_platform}'), ('my_password()', 'app_directory', '{app_platform}'),
    ('identity_owner(text, text)', 'app_directory', '{app_platform}'), ('passkey_owner(bytea)', 'app_directory', '{app_platform}'),
    ('create_token(uuid, text, bytea, uuid, text, jsonb, timestamptz)', 'app_directory', '{app_platform}'), ('find_token(text, bytea, timestamptz)', 'app_directory', '{app_platform}'),
    ('use_token(text, bytea, timestamptz)', 'app_directory', '{app_platform}'), ('use_refresh_token(bytea, timestamptz)', 'app_directory', '{app_platform}'),
    ('record_event(uuid, uuid, text, text, boolean, text, text, text, text, timestamptz)', 'app_directory', '{app_platform}'),
    ('enqueue_mail(uuid, text, text, jsonb)', 'app_directory', '{app_platform}'), ('enqueue_organization_mail(uuid, text, text, jsonb)', 'app_directory', '{app_tenant}'), ('take_mail(timestamptz, int, int)', 'app_directory', '{app_platform}'),
    ('finish_mail(uuid, text, boolean, text, timestamptz, timestamptz)', 'app_directory', '{app_platform}'), ('list_mail(int)', 'app_directory', '{app_platform}'),
    ('wants_mail(text, text)', 'app_directory', '{app_platform}'), ('sweep(timestamptz)', 'app_directory', '{app_platform}'), ('avatar_of(uuid, uuid)', 'app_directory', '{app_platform}'), ('demo_people()', 'app_directory', '{app_platform}'),
    ('sign_up(bytea, jsonb, uuid, jsonb, timestamptz)', 'app_directory', '{app_tenant}'), ('found_organization(bytea, jsonb, uuid, jsonb, timestamptz)', 'app_directory', '{app_tenant}'),
    ('as_founded(jsonb)', 'app_directory', '{}'), ('require_role(text[])', 'app_kernel', '{}'),
    ('find_invitation(text, bytea, timestamptz)', 'app_directory', '{app_platform}'), ('create_invited_person(bytea, text, text, text, timestamptz)', 'app_directory', '{app_tenant}'),
    ('admins_of(uuid)', 'app_directory', '{app_platform}'), ('find_joinable(text)', 'app_directory', '{app_platform}'), ('listing(text, text)', 'app_directory', '{app_platform}'),
    ('admit(uuid, text, text, text, uuid, uuid, boolean, timestamptz)', 'app_kernel', '{}'), ('accept_invitation(bytea, uuid, timestamptz)', 'app_kernel', '{app_tenant}'),
    ('join_organization(uuid, uuid, text, timestamptz)', 'app_kernel', '{app_tenant}'), ('leave_organization(timestamptz)', 'app_kernel', '{app_tenant}'),
    ('address_of(uuid, uuid)', 'app_directory', '{app_platform}'), ('member_with_address(uuid, text)', 'app_directory', '{app_platform}'),
    ('seats_of(uuid)', 'app_directory', '{app_platform}'), ('leave_everything(timestamptz)', 'app_directory', '{app_platform}'),
    ('set_join_policy(text, timestamptz)', 'app_kernel', '{app_tenant}'), ('require_second_factor(timestamptz, int, timestamptz)', 'app_kernel', '{app_tenant}'),
    ('name_organization(text, text, timestamptz)', 'app_kernel', '{app_tenant}'),
    ('finish_onboarding(text, timestamptz)', 'app_kernel', '{app_tenant}')
  ) AS v(signature, owner, callers) LOOP
    CALL kernel.give_function(('kernel.' || it.signature)::regprocedure, it.owner::name, it.callers::name[]);
  END LOOP;
END $$;
