-- What happened that somebody should know of: written by one function, read by one person, mailed when they wish.

-- CreateTable
CREATE TABLE "notifications" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "owner_user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "link" TEXT NOT NULL,
    "entity_kind" TEXT NOT NULL,
    "entity_id" UUID,
    "container_id" UUID,
    "min_role" TEXT,
    "in_app" BOOLEAN NOT NULL DEFAULT true,
    "read_at" TIMESTAMPTZ(3),
    "mailed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "inbox_snoozes" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_snoozes_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "notification_settings" (
    "user_id" UUID NOT NULL,
    "quiet_from" SMALLINT,
    "quiet_to" SMALLINT,
    "digest" TEXT NOT NULL DEFAULT 'off',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_settings_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "notification_mutes" (
    "user_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_mutes_pkey" PRIMARY KEY ("user_id","organization_id")
);

-- CreateIndex
CREATE INDEX "notifications_tenant_id_owner_user_id_read_at_id_idx" ON "notifications"("tenant_id", "owner_user_id", "read_at", "id");

-- CreateIndex
CREATE INDEX "notifications_tenant_id_container_id_idx" ON "notifications"("tenant_id", "container_id");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_snoozes_tenant_id_user_id_item_key_key" ON "inbox_snoozes"("tenant_id", "user_id", "item_key");

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "inbox_snoozes" ADD CONSTRAINT "inbox_snoozes_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "inbox_snoozes" ADD CONSTRAINT "inbox_snoozes_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notification_settings" ADD CONSTRAINT "notification_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notification_mutes" ADD CONSTRAINT "notification_mutes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE notifications ADD CHECK (kind ~ '^[a-z_]{1,40}$'), ADD CHECK (char_length(title) BETWEEN 1 AND 200), ADD CHECK (char_length(body) <= 500), ADD CHECK (min_role = 'manager'),
  ADD CHECK (char_length(link) <= 500 AND link LIKE '/%' AND link NOT LIKE '//%');
ALTER TABLE inbox_snoozes ADD CHECK (char_length(item_key) BETWEEN 1 AND 80);
ALTER TABLE notification_settings ADD CHECK (quiet_from BETWEEN 0 AND 1439), ADD CHECK (quiet_to BETWEEN 0 AND 1439), ADD CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)), ADD CHECK (digest IN ('off', 'daily', 'weekly'));

-- Guarded by its owner and by the container: what somebody may see no longer is hidden from them here too. Nobody writes one
-- past kernel.notify, and what it says is never changed.
CALL kernel.protect_table('notifications', 'guarded', write_level => 'view', write_roles => '{owner,admin,manager,member,field,viewer}', commands => '{select,update,delete}');
CALL kernel.protect_table('inbox_snoozes', 'personal', write_roles => '{owner,admin,manager,member,field,viewer}');
CALL kernel.protect_global_table('notification_settings', 'local', '{select,insert,update,delete}', 'user_id');
CALL kernel.protect_global_table('notification_mutes', 'local', '{select,insert,delete}', 'user_id');

CREATE POLICY tenant_for_kernel ON notifications FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT, INSERT ON notifications TO app_kernel;
GRANT UPDATE (mailed_at) ON notifications TO app_kernel;
CREATE POLICY directory ON notifications FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON notification_settings FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON notification_mutes FOR SELECT TO app_directory USING (true);
CREATE POLICY directory_to_erase ON notification_mutes FOR DELETE TO app_directory USING (organization_id IN (SELECT o.id FROM organizations o WHERE o.purge_after <= now()));
GRANT DELETE ON notification_mutes TO app_directory;
GRANT SELECT ON notifications, notification_settings, notification_mutes TO app_directory;
-- What is asked every minute is what was not mailed yet, however much was.
CREATE INDEX notifications_unmailed_idx ON notifications (tenant_id, owner_user_id, created_at) WHERE mailed_at IS NULL;
CREATE POLICY directory_to_sweep ON notifications FOR DELETE TO app_directory USING (created_at < now() - interval '89 days' AND (read_at IS NOT NULL OR NOT in_app));
GRANT DELETE ON notifications TO app_directory;

-- Whether somebody wants to be told of a kind in a way; everything is on until they switch it off.
CREATE FUNCTION kernel.wants_notice(person uuid, wished_kind text, wished_channel text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT NOT EXISTS (SELECT FROM public.notification_preferences n WHERE n.user_id = person AND n.kind = wished_kind AND n.channel = wished_channel AND NOT n.enabled)
$$;

-- Tells members of something, by an active member of the same organization. Whoever is no active member, cannot see the
-- container it is about, has not the least role, wants to know nothing of the kind, or did it themselves is left out without a
-- word. Answers who was told; a signal that names the tenant and the person wakes whoever listens.
CREATE FUNCTION kernel.notify(items jsonb, at timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  told uuid[];
BEGIN
  WITH asked AS (
    SELECT * FROM jsonb_to_recordset(items) AS x(id uuid, user_id uuid, kind text, title text, body text, link text, entity_kind text, entity_id uuid, container_id uuid, min_role text)
  ), people AS (
    SELECT m.user_id, m.role FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.status = 'active'
       AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
  ), visible AS (
    SELECT c.container_id, l.user_id FROM (SELECT DISTINCT a.container_id FROM asked a WHERE a.container_id IN (SELECT kernel.containers_for('view'))) c, LATERAL kernel.levels_of(c.container_id) l WHERE l.level > 0
  ), put AS (
    INSERT INTO public.notifications (tenant_id, id, owner_user_id, kind, title, body, link, entity_kind, entity_id, container_id, min_role, in_app, created_at)
    SELECT kernel.tenant_id(), a.id, a.user_id, a.kind, a.title, coalesce(a.body, ''), a.link, a.entity_kind, a.entity_id, a.container_id, a.min_role, kernel.wants_notice(a.user_id, a.kind, 'app'), at
      FROM asked a JOIN people p ON p.user_id = a.user_id
     WHERE (a.user_id <> kernel.user_id() OR a.kind = 'job_finished') AND EXISTS (SELECT FROM people me WHERE me.user_id = kernel.user_id())
       AND (a.container_id IS NULL OR EXISTS (SELECT FROM visible v WHERE v.container_id = a.container_id AND v.user_id = a.user_id))
       AND (a.min_role IS NULL OR p.role IN ('owner', 'admin', 'manager'))
       AND (kernel.wants_notice(a.user_id, a.kind, 'app') OR kernel.wants_notice(a.user_id, a.kind, 'email'))
    RETURNING owner_user_id
  )
  SELECT array_agg(DISTINCT owner_user_id) INTO told FROM put;
  PERFORM pg_notify('bulkhead_live', kernel.tenant_id() || ' ' || person) FROM unnest(told) person;
  RETURN QUERY SELECT unnest(told);
END $$;

-- A clock on somebody's wall. A zone that this database does not know (browsers know newer ones) must not keep everybody's mail
-- waiting: it is read as UTC.
CREATE FUNCTION kernel.local_time(at timestamptz, zone text) RETURNS timestamp LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN at AT TIME ZONE coalesce(zone, 'UTC');
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN at AT TIME ZONE 'UTC';
END $$;
REVOKE ALL ON FUNCTION kernel.local_time(timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.local_time(timestamptz, text) TO app_directory;

-- Whose mail is due: unread, not mailed yet, not within quiet hours, in the digest that they chose, of no muted organization. Only
-- of those who are let in now, since the oldest come first: who is never mailed would keep the others waiting for ever. What is
-- a month old is no news any more, and stands in the inbox.
CREATE FUNCTION kernel.due_notification_mail(at timestamptz) RETURNS TABLE (tenant_id uuid, user_id uuid, email text, unwanted text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT n.tenant_id, n.owner_user_id, u.email, ARRAY(SELECT p.kind FROM public.notification_preferences p WHERE p.user_id = u.id AND p.channel = 'email' AND NOT p.enabled)
    FROM (SELECT w.tenant_id, w.owner_user_id, min(w.created_at) AS since FROM public.notifications w WHERE w.mailed_at IS NULL AND (w.read_at IS NULL OR NOT w.in_app) AND w.created_at > at - interval '30 days' GROUP BY 1, 2) n
    JOIN public.organizations o ON o.id = n.tenant_id AND o.deleted_at IS NULL AND o.status IN ('trial', 'active')
    JOIN public.memberships m ON m.tenant_id = n.tenant_id AND m.user_id = n.owner_user_id AND m.status = 'active'
      AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
    JOIN public.users u ON u.id = n.owner_user_id AND u.status = 'active' AND u.email IS NOT NULL
    LEFT JOIN public.notification_settings s ON s.user_id = u.id
    CROSS JOIN LATERAL (SELECT kernel.local_time(at, u.timezone) AS local) clock
    CROSS JOIN LATERAL (SELECT extract(hour FROM clock.local)::int * 60 + extract(minute FROM clock.local)::int AS minute) day
    LEFT JOIN LATERAL (SELECT kernel.local_time(max(b.mailed_at), u.timezone)::date AS day FROM public.notifications b WHERE b.tenant_id = n.tenant_id AND b.owner_user_id = n.owner_user_id) before ON s.digest <> 'off'
   WHERE NOT EXISTS (SELECT FROM public.notification_mutes q WHERE q.user_id = u.id AND q.organization_id = n.tenant_id)
     AND NOT coalesce(CASE WHEN s.quiet_from <= s.quiet_to THEN day.minute >= s.quiet_from AND day.minute < s.quiet_to ELSE day.minute >= s.quiet_from OR day.minute < s.quiet_to END, false)
     AND CASE coalesce(s.digest, 'off')
           -- A minute is given, so that what comes together is one mail.
           WHEN 'off' THEN n.since < at - interval '1 minute'
           WHEN 'daily' THEN day.minute >= 480 AND (before.day IS NULL OR before.day < clock.local::date)
           ELSE day.minute >= 480 AND extract(isodow FROM clock.local) = 1 AND (before.day IS NULL OR before.day < clock.local::date) END
   ORDER BY n.since LIMIT 200
$$;

-- Takes what of the person entered was not mailed yet, once: of two senders the second gets none. Hidden ones are taken too,
-- and are not among what their reader then sees.
CREATE FUNCTION kernel.take_my_notifications(at timestamptz) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE public.notifications n SET mailed_at = at
   WHERE n.tenant_id = kernel.tenant_id() AND n.owner_user_id = kernel.user_id() AND n.mailed_at IS NULL AND (n.read_at IS NULL OR NOT n.in_app) AND n.created_at <= at
  RETURNING n.id
$$;

-- Read ones, and those that were for mail alone, after ninety days; at most so many at a time.
CREATE FUNCTION kernel.sweep_notifications(at timestamptz, how_many int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH gone AS (
    DELETE FROM public.notifications n WHERE (n.tenant_id, n.id) IN (
      SELECT o.tenant_id, o.id FROM public.notifications o WHERE o.created_at < at - interval '90 days' AND (o.read_at < at - interval '90 days' OR NOT o.in_app) LIMIT how_many)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
CALL kernel.give_function('kernel.sweep_notifications(timestamptz, int)', 'app_directory', '{app_platform}');

-- As before, and: what happened, to a member.
DROP FUNCTION kernel.enqueue_organization_mail(uuid, text, text, jsonb);
CREATE FUNCTION kernel.enqueue_organization_mail(mail_id uuid, wished_kind text, receiver text, content jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF wished_kind = 'invitation' AND EXISTS (SELECT FROM public.invitations i WHERE i.tenant_id = kernel.tenant_id() AND i.email = receiver AND i.accepted_at IS NULL AND i.revoked_at IS NULL)
    OR wished_kind IN ('join_requested', 'join_approved', 'join_declined')
      AND EXISTS (SELECT FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = kernel.tenant_id() AND u.email = receiver)
    OR wished_kind = 'notifications' AND EXISTS (SELECT FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = kernel.tenant_id() AND m.status = 'active' AND u.id = kernel.user_id() AND u.email = receiver) THEN
    PERFORM kernel.enqueue_mail(mail_id, wished_kind, receiver, content);
  ELSE
    RAISE EXCEPTION 'an organization writes to its own people only' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

CALL kernel.give_function('kernel.wants_notice(uuid, text, text)', 'app_directory', '{app_kernel}');
CALL kernel.give_function('kernel.notify(jsonb, timestamptz)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.due_notification_mail(timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.take_my_notifications(timestamptz)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.enqueue_organization_mail(uuid, text, text, jsonb)', 'app_directory', '{app_tenant}');
