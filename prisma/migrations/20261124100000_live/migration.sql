-- Whatever is written down of a project is told to those who have it open, in the moment it is committed: a line with the
-- organization alone. What it was each of them asks under their own rights.

CREATE FUNCTION kernel.tell_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM pg_notify('bulkhead_live', c.tenant_id || ' *') FROM (SELECT DISTINCT t.tenant_id FROM told t WHERE t.container_id IS NOT NULL AND t.action NOT LIKE '%.read') c;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION kernel.tell_changed() FROM PUBLIC;
CREATE TRIGGER tell_changed AFTER INSERT ON audit_events REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION kernel.tell_changed();
