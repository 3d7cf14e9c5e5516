-- What the leak probe found when it last ran, to be shown where the catalog is: nothing of any organization is in it.

CREATE TABLE "isolation_probes" (
    "id" UUID NOT NULL,
    "attempts" INTEGER NOT NULL,
    "tables" INTEGER NOT NULL,
    "leaks" INTEGER NOT NULL,
    "changes" INTEGER NOT NULL,
    "milliseconds" INTEGER NOT NULL,
    "findings" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "isolation_probes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "isolation_probes_at_idx" ON "isolation_probes"("at");

CALL kernel.protect_global_table('isolation_probes', 'local', '{}');
CREATE POLICY directory ON isolation_probes FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON isolation_probes TO app_directory;

-- By whoever may set up the database, after the probe's own transaction was rolled back. The last hundred are kept.
CREATE FUNCTION kernel.record_probe(attempts int, tables int, leaks int, changes int, milliseconds int, findings jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public.isolation_probes (id, attempts, tables, leaks, changes, milliseconds, findings) VALUES (gen_random_uuid(), attempts, tables, leaks, changes, milliseconds, findings);
  DELETE FROM public.isolation_probes p WHERE p.id NOT IN (SELECT q.id FROM public.isolation_probes q ORDER BY q.at DESC LIMIT 100);
$$;

CREATE FUNCTION kernel.last_probe() RETURNS TABLE (attempts int, tables int, leaks int, changes int, milliseconds int, findings jsonb, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.attempts, p.tables, p.leaks, p.changes, p.milliseconds, p.findings, p.at FROM public.isolation_probes p ORDER BY p.at DESC, p.id DESC LIMIT 1
$$;

CALL kernel.give_function('kernel.record_probe(int, int, int, int, int, jsonb)', 'app_directory', '{}');
SET LOCAL ROLE app_directory;
GRANT EXECUTE ON FUNCTION kernel.record_probe(int, int, int, int, int, jsonb) TO app_owner;
SET LOCAL ROLE app_owner;
CALL kernel.give_function('kernel.last_probe()', 'app_directory', '{app_tenant,app_platform}');
-- The console reads the catalog as the platform's role.
GRANT EXECUTE ON FUNCTION kernel.project_columns(text) TO app_platform;
