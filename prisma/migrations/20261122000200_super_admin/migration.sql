-- Columns of a person's own row that no code of the product writes, by no mistake and no forged form: only set-up does.

ALTER TABLE kernel.tables ADD COLUMN fixed_columns text[];

-- As before, and: fixed columns are left out of INSERT and UPDATE, so that a row begins with their default and keeps them.
DROP PROCEDURE kernel.protect_global_table(text, text, text[], text, text[]);
CREATE PROCEDURE kernel.protect_global_table(table_name text, class text, commands text[], person_column text DEFAULT NULL, hidden_columns text[] DEFAULT NULL, fixed_columns text[] DEFAULT NULL)
LANGUAGE plpgsql
AS $$
DECLARE
  command   text;
  stale     name;
  condition text := CASE WHEN person_column IS NULL THEN 'true' ELSE kernel.piece('me', quote_ident(person_column), 'standard') END;
  without   text[];
  columns   text;
BEGIN
  INSERT INTO kernel.tables (table_name, family, class, commands, person_column, hidden_columns, fixed_columns)
  VALUES (table_name, 'global', class, commands, person_column, hidden_columns, fixed_columns)
  ON CONFLICT ON CONSTRAINT tables_pkey DO UPDATE SET class = EXCLUDED.class, commands = EXCLUDED.commands,
    person_column = EXCLUDED.person_column, hidden_columns = EXCLUDED.hidden_columns, fixed_columns = EXCLUDED.fixed_columns;
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
  FOREACH command IN ARRAY commands LOOP
    without := CASE command WHEN 'select' THEN hidden_columns WHEN 'insert' THEN fixed_columns WHEN 'update' THEN fixed_columns END;
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns FROM pg_catalog.pg_attribute a
     WHERE a.attrelid = ('public.' || quote_ident(table_name))::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (without);
    EXECUTE format('GRANT %s%s ON public.%I TO app_platform', command, ' (' || columns || ')', table_name);
  END LOOP;
END $$;
REVOKE ALL ON ROUTINE kernel.protect_global_table(text, text, text[], text, text[], text[]) FROM PUBLIC;

-- An expression, so that the client leaves it to the database: it writes plain values into every INSERT itself.
ALTER TABLE users ALTER COLUMN is_super_admin SET DEFAULT (1 = 0);
CALL kernel.protect_global_table('users', 'reference', '{select,insert,update}', 'id', '{password_hash}', '{is_super_admin}');

-- Whoever sets up may become the owner of the tables, and could lift row security altogether: this gives it no more than
-- it has, and leaves the table under row security while it is used.
CREATE POLICY for_set_up ON users FOR ALL TO app_owner USING (true) WITH CHECK (true);
