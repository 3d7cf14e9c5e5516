-- Invitations into teams, for a number of days, that can be sent again and declined.

-- AlterTable
ALTER TABLE "invitations" ADD COLUMN     "days" SMALLINT NOT NULL DEFAULT 7,
ADD COLUMN     "declined_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "invitation_teams" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "invitation_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,

    CONSTRAINT "invitation_teams_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "invitation_teams_tenant_id_team_id_idx" ON "invitation_teams"("tenant_id", "team_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_teams_tenant_id_invitation_id_team_id_key" ON "invitation_teams"("tenant_id", "invitation_id", "team_id");

-- AddForeignKey
ALTER TABLE "invitation_teams" ADD CONSTRAINT "invitation_teams_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitation_teams" ADD CONSTRAINT "invitation_teams_tenant_id_invitation_id_fkey" FOREIGN KEY ("tenant_id", "invitation_id") REFERENCES "invitations"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitation_teams" ADD CONSTRAINT "invitation_teams_tenant_id_team_id_fkey" FOREIGN KEY ("tenant_id", "team_id") REFERENCES "teams"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE invitations ADD CHECK (days BETWEEN 1 AND 30), ADD CHECK (declined_at IS NULL OR revoked_at IS NOT NULL AND accepted_at IS NULL);
CALL kernel.protect_table('invitation_teams', 'sensitive', write_roles => '{owner,admin}', commands => '{select,insert,delete}');

CREATE POLICY tenant_for_kernel ON invitation_teams FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY directory ON invitation_teams FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON teams FOR SELECT TO app_directory USING (true);
GRANT SELECT ON invitation_teams TO app_kernel, app_directory;
GRANT SELECT ON teams TO app_directory;
GRANT INSERT ON team_members TO app_kernel;
GRANT UPDATE (declined_at, revoked_at) ON invitations TO app_kernel;

-- As before, and: which teams it leads into, and whether it was declined.
DROP FUNCTION kernel.find_invitation(text, bytea, timestamptz);
CREATE FUNCTION kernel.find_invitation(wished_code text, hash bytea, at timestamptz)
RETURNS TABLE (tenant_id uuid, slug text, organization text, colour text, email text, role text, inviter text, message text, delivered_by text, skip_onboarding boolean, state text, has_account boolean, teams text[], expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.slug, o.name, o.colour, i.email, i.role, m.display_name, i.message, i.delivered_by, i.skip_onboarding,
    CASE WHEN i.declined_at IS NOT NULL THEN 'declined' WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.accepted_at IS NOT NULL THEN 'used' WHEN i.expires_at <= at THEN 'expired'
         WHEN m.status <> 'active' OR m.role NOT IN ('owner', 'admin') OR i.role = 'owner' AND m.role <> 'owner' THEN 'revoked'
         WHEN o.deleted_at IS NOT NULL OR o.status NOT IN ('trial', 'active') THEN 'closed' ELSE 'open' END,
    EXISTS (SELECT FROM public.users u WHERE u.email_lc = i.email_lc),
    ARRAY(SELECT t.name FROM public.invitation_teams l JOIN public.teams t ON t.tenant_id = l.tenant_id AND t.id = l.team_id WHERE l.tenant_id = i.tenant_id AND l.invitation_id = i.id ORDER BY t.name_lc),
    i.expires_at
    FROM public.organizations o JOIN public.invitations i ON i.tenant_id = o.id JOIN public.memberships m ON m.tenant_id = i.tenant_id AND m.user_id = i.created_by
   WHERE o.code = wished_code AND i.token_hash = hash
$$;
CALL kernel.give_function('kernel.find_invitation(text, bytea, timestamptz)', 'app_directory', '{app_platform}');

-- As before, and: whoever takes it is put into its teams.
DROP FUNCTION kernel.accept_invitation(bytea, uuid, timestamptz);
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
  INSERT INTO public.team_members (tenant_id, id, team_id, user_id, created_by, created_at, updated_at)
  SELECT l.tenant_id, gen_random_uuid(), l.team_id, kernel.user_id(), asked.created_by, at, at FROM public.invitation_teams l
   WHERE l.tenant_id = kernel.tenant_id() AND l.invitation_id = asked.id
  ON CONFLICT (tenant_id, team_id, user_id) DO NOTHING;
  UPDATE public.invitations i SET accepted_at = at, accepted_by = kernel.user_id(), updated_at = at WHERE i.tenant_id = kernel.tenant_id() AND i.id = asked.id;
  RETURN CASE stands WHEN 'active' THEN 'already' ELSE 'joined' END;
END $$;
CALL kernel.give_function('kernel.accept_invitation(bytea, uuid, timestamptz)', 'app_kernel', '{app_tenant}');

-- Whoever holds the link says no, signed in or not. It is written down without a person: the link alone says who it was for.
CREATE FUNCTION kernel.decline_invitation(hash bytea, event_id uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  declined record;
BEGIN
  UPDATE public.invitations i SET declined_at = at, revoked_at = at, updated_at = at
   WHERE i.tenant_id = kernel.tenant_id() AND i.token_hash = hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > at
  RETURNING i.id, i.email_lc INTO declined;
  IF declined.id IS NULL THEN RETURN false; END IF;
  INSERT INTO public.audit_events (tenant_id, id, actor_kind, action, entity_kind, entity_id, reason, at)
  VALUES (kernel.tenant_id(), event_id, 'system', 'invitation.declined', 'invitation', declined.id, declined.email_lc, at);
  RETURN true;
END $$;
CALL kernel.give_function('kernel.decline_invitation(bytea, uuid, timestamptz)', 'app_kernel', '{app_tenant}');

-- Which of these addresses are members' already: the question of member_with_address about many at once.
CREATE FUNCTION kernel.members_with_addresses(tenant uuid, addresses text[]) RETURNS TABLE (email_lc text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT u.email_lc FROM public.users u JOIN public.memberships m ON m.user_id = u.id WHERE u.email_lc = ANY (addresses) AND m.tenant_id = tenant AND m.status IN ('active', 'suspended')
    AND (m.status = 'suspended' OR m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
$$;
CALL kernel.give_function('kernel.members_with_addresses(uuid, text[])', 'app_directory', '{app_platform}');
