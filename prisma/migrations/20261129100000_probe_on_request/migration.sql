-- Who sees the isolation report may ask for the leak probe. The product cannot run it: it takes the rights of set-up, which no process
-- that answers requests holds. It is asked for here, and taken by a process beside the product (npm run isolation -- --watch).

-- One line at most: what is asked for and not yet done.
CREATE TABLE "probe_requests" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "probe_requests_pkey" PRIMARY KEY ("id")
);
ALTER TABLE probe_requests ADD CHECK (id);

CALL kernel.protect_global_table('probe_requests', 'local', '{}');
CREATE POLICY directory ON probe_requests FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON probe_requests TO app_directory;

-- From here on no row is touched: functions alone, whose bodies are read as they are made.
SET LOCAL row_security = on;

-- `asked`, `open` when somebody has asked already, `recent` when it ran less than `patience` ago. What was taken and never finished is asked for anew.
CREATE FUNCTION kernel.wish_probe(patience interval, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF EXISTS (SELECT FROM public.isolation_probes p WHERE p.at > wish_probe.at - patience) THEN RETURN 'recent'; END IF;
  INSERT INTO public.probe_requests AS r (asked_at) VALUES (wish_probe.at)
  ON CONFLICT (id) DO UPDATE SET asked_at = EXCLUDED.asked_at, taken_at = NULL WHERE r.taken_at < wish_probe.at - interval '15 minutes';
  RETURN CASE WHEN FOUND THEN 'asked' ELSE 'open' END;
END $$;

-- By an owner or admin, whose organization's history then says so.
CREATE FUNCTION kernel.ask_probe(at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  RETURN kernel.wish_probe('10 minutes', at);
END $$;

CREATE FUNCTION kernel.console_ask_probe(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  answer text;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  answer := kernel.wish_probe('1 minute', at);
  IF answer = 'asked' THEN PERFORM kernel.note_console(admin.user_id, admin.session_id, 'isolation.probe_asked', NULL, '', NULL, '', '{}', at); END IF;
  RETURN jsonb_build_object('answer', 'ok', 'probe', answer);
END $$;

CREATE FUNCTION kernel.probe_request() RETURNS TABLE (asked_at timestamptz, taken_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT r.asked_at, r.taken_at FROM public.probe_requests r
$$;

-- By set-up: whether there is something to do, once. What another process took and never finished is taken over.
CREATE FUNCTION kernel.take_probe_request(at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE public.probe_requests r SET taken_at = take_probe_request.at WHERE r.taken_at IS NULL OR r.taken_at < take_probe_request.at - interval '15 minutes';
  RETURN FOUND;
END $$;

-- By set-up, when a probe that began then is over.
CREATE FUNCTION kernel.close_probe_request(began_at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  DELETE FROM public.probe_requests r WHERE r.asked_at <= began_at
$$;

CALL kernel.give_function('kernel.wish_probe(interval, timestamptz)', 'app_directory', '{app_kernel}');
CALL kernel.give_function('kernel.ask_probe(timestamptz)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.console_ask_probe(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.probe_request()', 'app_directory', '{app_tenant,app_platform}');
CALL kernel.give_function('kernel.take_probe_request(timestamptz)', 'app_directory', '{}');
CALL kernel.give_function('kernel.close_probe_request(timestamptz)', 'app_directory', '{}');
SET LOCAL ROLE app_directory;
GRANT EXECUTE ON FUNCTION kernel.take_probe_request(timestamptz), kernel.close_probe_request(timestamptz) TO app_owner;
SET LOCAL ROLE app_owner;
