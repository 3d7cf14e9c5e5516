-- Statements that took long, over all processes, by the hour: their text without values, and how long they took. Kept for a week.

CREATE TABLE "slow_statements" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "digest" BYTEA NOT NULL,
    "text" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "total_ms" BIGINT NOT NULL,
    "max_ms" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "slow_statements_pkey" PRIMARY KEY ("hour", "digest")
);
ALTER TABLE slow_statements ADD CHECK (char_length(text) BETWEEN 1 AND 2000), ADD CHECK (octet_length(digest) = 32), ADD CHECK (calls > 0), ADD CHECK (max_ms >= 0);

CALL kernel.protect_global_table('slow_statements', 'local', '{}');
CREATE POLICY directory ON slow_statements FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON slow_statements TO app_directory;

-- From here on no row is touched: functions alone, whose bodies are read as they are made.
SET LOCAL row_security = on;

-- What one process has seen since it last told. Always in the same order, so that two that tell at once do not wait for each other in a circle.
-- An hour holds a thousand texts, which is far more than the product has.
CREATE FUNCTION kernel.add_slow_statements(told jsonb, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public.slow_statements AS s (hour, digest, text, calls, total_ms, max_ms, last_at)
  SELECT date_trunc('hour', at), sha256(convert_to(r.text, 'UTF8')), r.text, r.calls, r.total_ms, r.max_ms, r.last_at
    FROM jsonb_to_recordset(told) r(text text, calls int, total_ms bigint, max_ms int, last_at timestamptz)
   WHERE (SELECT count(*) FROM public.slow_statements n WHERE n.hour = date_trunc('hour', at)) < 1000
      OR EXISTS (SELECT FROM public.slow_statements n WHERE n.hour = date_trunc('hour', at) AND n.digest = sha256(convert_to(r.text, 'UTF8')))
   ORDER BY 2
  ON CONFLICT (hour, digest) DO UPDATE SET calls = s.calls + EXCLUDED.calls, total_ms = s.total_ms + EXCLUDED.total_ms, max_ms = greatest(s.max_ms, EXCLUDED.max_ms), last_at = greatest(s.last_at, EXCLUDED.last_at)
$$;

-- The worst of the last hours: by the slowest call, or by the time of all calls. An hour counts whole.
CREATE FUNCTION kernel.console_statements(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM (
    SELECT min(s.text) AS text, sum(s.calls)::int AS calls, sum(s.total_ms)::bigint AS "totalMs", max(s.max_ms) AS "maxMs", max(s.last_at) AS "lastAt"
      FROM public.slow_statements s WHERE s.hour > at - make_interval(hours => (input->>'hours')::int) - interval '1 hour' GROUP BY s.digest
     ORDER BY CASE WHEN input->>'order' = 'total' THEN sum(s.total_ms) ELSE max(s.max_ms) END DESC, s.digest LIMIT 50) r));
END $$;

CREATE FUNCTION kernel.sweep_slow_statements(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  DELETE FROM public.slow_statements s WHERE s.hour < at - interval '7 days'
$$;

CALL kernel.give_function('kernel.add_slow_statements(jsonb, timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.console_statements(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.sweep_slow_statements(timestamptz)', 'app_directory', '{app_platform}');
