-- CreateTable
CREATE TABLE "audit_seals" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "to_id" UUID NOT NULL,
    "row_count" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "digest" BYTEA NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "purged_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seals_tenant_id_seq_key" ON "audit_seals"("tenant_id", "seq");

-- AddForeignKey
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;


ALTER TABLE audit_seals ADD CHECK (seq > 0), ADD CHECK (octet_length(prev_hash) = 32 AND octet_length(hash) = 32 AND octet_length(digest) = 32), ADD CHECK (purged_at IS NOT NULL OR octet_length(content) = 48 * row_count);
CALL kernel.protect_table('audit_seals', 'sensitive', commands => '{select}');
CREATE POLICY directory ON audit_seals FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON audit_events FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON audit_details FOR SELECT TO app_directory USING (true);
-- Less than the shortest time that a plan keeps events: nothing younger can be taken out, by whatever function.
CREATE POLICY directory_to_purge ON audit_events FOR DELETE TO app_directory USING (at < now() - interval '89 days');
CREATE POLICY directory_to_purge ON audit_details FOR DELETE TO app_directory USING (EXISTS (SELECT FROM audit_events e WHERE e.tenant_id = audit_details.tenant_id AND e.id = audit_details.event_id AND e.at < now() - interval '89 days'));
GRANT SELECT, INSERT, UPDATE (content, purged_at) ON audit_seals TO app_directory;
GRANT SELECT, DELETE ON audit_events, audit_details TO app_directory;

-- An event is told with the time it is told at, give or take what clocks differ: none is put before a seal, or among what is old
-- enough to go. Not SECURITY DEFINER: it asks who writes.
CREATE FUNCTION kernel.hold_time() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF current_user = 'app_tenant' THEN
    RAISE EXCEPTION 'an event is told with its own time' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_time BEFORE INSERT ON audit_events FOR EACH ROW WHEN (NEW.at NOT BETWEEN clock_timestamp() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes') EXECUTE FUNCTION kernel.hold_time();
REVOKE ALL ON FUNCTION kernel.hold_time() FROM PUBLIC;

-- The hash of every event after one place and up to another, in the order of time and id: SHA-256 over all that is stored of it
-- and of its detail. What is null is left out, so that a column added later changes no hash.
CREATE FUNCTION kernel.audit_hashes(tenant uuid, after_at timestamptz, after_id uuid, until_at timestamptz, until_id uuid, how_many int) RETURNS TABLE (event_id uuid, event_at timestamptz, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT e.id, e.at, sha256(convert_to(jsonb_build_array(
      (SELECT jsonb_object_agg(p.key, p.value) FROM jsonb_each(to_jsonb(e) - 'at') p WHERE p.value <> 'null'), (extract(epoch FROM e.at) * 1000)::bigint,
      (SELECT jsonb_agg((SELECT jsonb_object_agg(p.key, p.value) FROM jsonb_each(to_jsonb(d)) p WHERE p.value <> 'null') ORDER BY d.id) FROM public.audit_details d WHERE d.tenant_id = tenant AND d.event_id = e.id))::text, 'UTF8'))
    FROM public.audit_events e WHERE e.tenant_id = tenant AND (e.at, e.id) > (after_at, after_id) AND (e.at, e.id) <= (until_at, until_id)
   ORDER BY e.at, e.id LIMIT how_many
$$;
CREATE FUNCTION kernel.seal_hash(prev bytea, seq int, to_at timestamptz, to_id uuid, row_count int, digest bytea) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT sha256(prev || int4send(seq) || int8send((extract(epoch FROM to_at) * 1000)::bigint) || uuid_send(to_id) || int4send(row_count) || digest) $$;
REVOKE ALL ON FUNCTION kernel.seal_hash(bytea, int, timestamptz, uuid, int, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.seal_hash(bytea, int, timestamptz, uuid, int, bytea) TO app_directory;

-- Organizations with events that are old enough to be sealed.
CREATE FUNCTION kernel.unsealed(before_at timestamptz, how_many int) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id FROM public.organizations o
    LEFT JOIN LATERAL (SELECT s.to_at, s.to_id FROM public.audit_seals s WHERE s.tenant_id = o.id ORDER BY s.seq DESC LIMIT 1) last ON true
   WHERE EXISTS (SELECT FROM public.audit_events e WHERE e.tenant_id = o.id AND e.at < before_at AND (e.at, e.id) > (coalesce(last.to_at, '-infinity'), coalesce(last.to_id, '00000000-0000-0000-0000-000000000000')))
   LIMIT how_many
$$;

-- Seals what is older than `before_at`, at most 10,000 events at a time: answers how many. One sealer at a time for an organization,
-- so the chain never forks.
CREATE FUNCTION kernel.seal_audit(tenant uuid, before_at timestamptz, at timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  last     record;
  number   int := 1;
  prev     bytea := decode(repeat('00', 32), 'hex');
  from_at  timestamptz := '-infinity';
  from_id  uuid := '00000000-0000-0000-0000-000000000000';
  rows     record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(tenant::text, 4270));
  FOR last IN SELECT s.seq, s.hash, s.to_at, s.to_id FROM public.audit_seals s WHERE s.tenant_id = tenant ORDER BY s.seq DESC LIMIT 1 LOOP
    number := last.seq + 1;
    prev := last.hash;
    from_at := last.to_at;
    from_id := last.to_id;
  END LOOP;
  SELECT count(*)::int AS how_many, string_agg(uuid_send(h.event_id) || h.hash, '' ORDER BY h.event_at, h.event_id) AS content,
      (array_agg(h.event_at ORDER BY h.event_at DESC, h.event_id DESC))[1] AS to_at, (array_agg(h.event_id ORDER BY h.event_at DESC, h.event_id DESC))[1] AS to_id
    INTO rows FROM kernel.audit_hashes(tenant, from_at, from_id, before_at, '00000000-0000-0000-0000-000000000000', 10000) h;
  IF rows.how_many > 0 THEN
    INSERT INTO public.audit_seals (tenant_id, id, seq, to_at, to_id, row_count, content, digest, prev_hash, hash, sealed_at)
    VALUES (tenant, gen_random_uuid(), number, rows.to_at, rows.to_id, rows.how_many, rows.content, sha256(rows.content), prev,
      kernel.seal_hash(prev, number, rows.to_at, rows.to_id, rows.how_many, sha256(rows.content)), at);
  END IF;
  RETURN rows.how_many;
END $$;

-- Compares seals with what they cover: which seal is broken and how, and which event was changed, taken out or put in. Whoever asks
-- for the next range says where this one ended. A seal whose events are no longer kept is compared with its chain only.
CREATE FUNCTION kernel.verify_seals(tenant uuid, from_seq int, how_many int) RETURNS TABLE (seq int, problem text, event_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  before record;
  seal   record;
  wanted int := from_seq;
BEGIN
  SELECT decode(repeat('00', 32), 'hex') AS hash, '-infinity'::timestamptz AS to_at, '00000000-0000-0000-0000-000000000000'::uuid AS to_id INTO before;
  FOR seal IN SELECT s.hash, s.to_at, s.to_id FROM public.audit_seals s WHERE s.tenant_id = tenant AND s.seq = from_seq - 1 LOOP
    before := seal;
  END LOOP;
  FOR seal IN SELECT s.* FROM public.audit_seals s WHERE s.tenant_id = tenant AND s.seq >= from_seq ORDER BY s.seq LIMIT how_many LOOP
    IF seal.seq <> wanted THEN
      RETURN QUERY SELECT wanted, 'seal_missing', NULL::uuid;
    ELSIF seal.prev_hash <> before.hash THEN
      RETURN QUERY SELECT seal.seq, 'chain_broken', NULL::uuid;
    END IF;
    IF seal.hash <> kernel.seal_hash(seal.prev_hash, seal.seq, seal.to_at, seal.to_id, seal.row_count, seal.digest) OR seal.purged_at IS NULL AND seal.digest <> sha256(seal.content) THEN
      RETURN QUERY SELECT seal.seq, 'seal_changed', NULL::uuid;
    END IF;
    IF seal.purged_at IS NULL THEN
      RETURN QUERY
      WITH sealed AS (
        SELECT encode(substring(seal.content FROM 48 * n + 1 FOR 16), 'hex')::uuid AS id, substring(seal.content FROM 48 * n + 17 FOR 32) AS hash FROM generate_series(0, octet_length(seal.content) / 48 - 1) n
      ), stored AS (
        SELECT h.event_id AS id, h.hash FROM kernel.audit_hashes(tenant, before.to_at, before.to_id, seal.to_at, seal.to_id, NULL) h
      )
      SELECT seal.seq, CASE WHEN k.id IS NULL THEN 'event_added' WHEN t.id IS NULL THEN 'event_removed' ELSE 'event_changed' END, coalesce(k.id, t.id)
        FROM sealed k FULL JOIN stored t ON t.id = k.id WHERE k.hash IS DISTINCT FROM t.hash;
    END IF;
    before := seal;
    wanted := seal.seq + 1;
  END LOOP;
END $$;
-- The same for the organization entered, by its owners and admins.
CREATE FUNCTION kernel.verify_my_seals(from_seq int, how_many int) RETURNS TABLE (seq int, problem text, event_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF kernel.role() NOT IN ('owner', 'admin') OR NOT EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id() AND m.status = 'active' AND m.role IN ('owner', 'admin')) THEN
    RAISE EXCEPTION 'this takes the role of owner or admin' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY SELECT * FROM kernel.verify_seals(kernel.tenant_id(), from_seq, how_many);
END $$;
-- One seal of an organization, or without a number its newest.
CREATE FUNCTION kernel.seal_of(tenant uuid, wished int) RETURNS TABLE (seq int, hash bytea, events bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT s.seq, s.hash, sum(s.row_count) OVER () FROM public.audit_seals s WHERE s.tenant_id = tenant AND s.seq = coalesce(wished, s.seq) ORDER BY s.seq DESC LIMIT 1 $$;
CREATE FUNCTION kernel.organizations_to_verify() RETURNS TABLE (tenant_id uuid, slug text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT o.id, o.slug FROM public.organizations o WHERE o.deleted_at IS NULL ORDER BY o.slug $$;

-- Organizations with events that are older than their plan keeps. A plan takes effect here after it has held for thirty days, as
-- long as a deleted organization can be brought back: a choice that was a mistake has taken nothing until then.
CREATE FUNCTION kernel.purgeable(at timestamptz) RETURNS TABLE (tenant_id uuid, before timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, at - make_interval(days => p.audit_days) FROM public.organizations o JOIN public.plans p ON p.key = o.plan_key
   WHERE p.audit_days IS NOT NULL AND o.status <> 'trial' AND o.plan_since <= at - interval '30 days'
     AND EXISTS (SELECT FROM public.audit_seals s WHERE s.tenant_id = o.id AND s.purged_at IS NULL AND s.to_at < at - make_interval(days => p.audit_days))
$$;

-- Takes out the events of the oldest seal whose time is over, one seal a call, since each has up to 10,000: answers how many there
-- were, null when there is no such seal. The chain of seals stays, and goes on to be proven.
CREATE FUNCTION kernel.purge_audit(tenant uuid, at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  seal record;
  gone bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(tenant::text, 4270));
  SELECT s.id, s.seq, s.to_at, s.to_id, coalesce(before.to_at, '-infinity') AS from_at, coalesce(before.to_id, '00000000-0000-0000-0000-000000000000') AS from_id INTO seal
    FROM kernel.purgeable(least(at, now())) p JOIN public.audit_seals s ON s.tenant_id = p.tenant_id AND s.purged_at IS NULL AND s.to_at < p.before
    LEFT JOIN public.audit_seals before ON before.tenant_id = s.tenant_id AND before.seq = s.seq - 1
   WHERE p.tenant_id = tenant ORDER BY s.seq LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  DELETE FROM public.audit_details d USING public.audit_events e WHERE e.tenant_id = tenant AND d.tenant_id = e.tenant_id AND d.event_id = e.id
    AND (e.at, e.id) > (seal.from_at, seal.from_id) AND (e.at, e.id) <= (seal.to_at, seal.to_id);
  DELETE FROM public.audit_events e WHERE e.tenant_id = tenant AND (e.at, e.id) > (seal.from_at, seal.from_id) AND (e.at, e.id) <= (seal.to_at, seal.to_id);
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE public.audit_seals s SET content = '', purged_at = at WHERE s.tenant_id = tenant AND s.id = seal.id;
  INSERT INTO public.audit_events (tenant_id, id, actor_kind, action, entity_kind, reason, at) VALUES (tenant, gen_random_uuid(), 'system', 'audit.purged', 'audit', format('seal %s, %s events, to %s', seal.seq, gone, seal.to_at::date), at);
  RETURN gone;
END $$;

DO $$
DECLARE
  it record;
BEGIN
  FOR it IN SELECT * FROM (VALUES
    ('audit_hashes(uuid, timestamptz, uuid, timestamptz, uuid, int)', 'app_directory', '{}'), ('unsealed(timestamptz, int)', 'app_directory', '{app_platform}'), ('seal_audit(uuid, timestamptz, timestamptz)', 'app_directory', '{app_platform}'),
    ('verify_seals(uuid, int, int)', 'app_directory', '{app_platform}'), ('verify_my_seals(int, int)', 'app_directory', '{app_tenant}'), ('seal_of(uuid, int)', 'app_directory', '{app_platform}'),
    ('organizations_to_verify()', 'app_directory', '{app_platform}'), ('purgeable(timestamptz)', 'app_directory', '{app_platform}'), ('purge_audit(uuid, timestamptz)', 'app_directory', '{app_platform}')
  ) AS v(signature, owner, callers) LOOP
    CALL kernel.give_function(('kernel.' || it.signature)::regprocedure, it.owner::name, it.callers::name[]);
  END LOOP;
END $$;
