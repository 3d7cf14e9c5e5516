-- What the plans give by the minute and the hour. Forced row security showed the owner of the table no plan when the columns came
-- (20261127100000_operations), so none had any limit. As the role that may write plans; one that has a limit by now keeps what it has.
SET LOCAL ROLE app_directory;
UPDATE plans SET requests_per_minute = v.requests, statement_seconds_per_minute = v.seconds, exported_rows_per_hour = v.rows
  FROM (VALUES ('free', 1200, 60, 50000), ('basic', 3000, 120, 200000), ('professional', 12000, 300, 2000000), ('enterprise', 60000, 1200, 20000000)) v(key, requests, seconds, rows)
 WHERE plans.key = v.key AND requests_per_minute IS NULL AND statement_seconds_per_minute IS NULL AND exported_rows_per_hour IS NULL;
DO $$
BEGIN
  IF EXISTS (SELECT FROM plans p WHERE p.key IN ('free', 'professional') AND coalesce(p.requests_per_minute, p.statement_seconds_per_minute, p.exported_rows_per_hour) IS NULL) THEN
    RAISE EXCEPTION 'the plans that everybody begins with have no limits';
  END IF;
END $$;
SET LOCAL ROLE app_owner;
