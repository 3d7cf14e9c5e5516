-- Organizations that have a switch otherwise than the installation, page by page and by their name.

CREATE INDEX organizations_switched_idx ON organizations (lower(name) COLLATE "C", id) WHERE switches <> '{}';

CREATE FUNCTION kernel.console_overrides(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  q text := lower(input->>'q');
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.sort COLLATE "C", r.id), '[]') FROM (
    SELECT o.id, o.name, o.switches, lower(o.name) AS sort FROM public.organizations o
     WHERE o.switches <> '{}' AND (q = '' OR lower(o.name) COLLATE "C" ^@ q) AND (input->>'afterName' IS NULL OR (lower(o.name) COLLATE "C", o.id) > (input->>'afterName', (input->>'afterId')::uuid))
     ORDER BY lower(o.name) COLLATE "C", o.id LIMIT (input->>'limit')::int) r));
END $$;

DROP FUNCTION kernel.console_settings(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_settings(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  s public.platform_settings;
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT p.* INTO s FROM public.platform_settings p;
  RETURN jsonb_build_object('answer', 'ok', 'signUp', s.sign_up, 'allowed', to_jsonb(coalesce(s.allowed_addresses, '{}')), 'contact', coalesce(s.contact, ''), 'version', coalesce(s.version, 1), 'switches', coalesce(s.switches, '{}'),
    -- A release from before asks for them here.
    'overrides', '[]'::jsonb);
END $$;

CALL kernel.give_function('kernel.console_overrides(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.console_settings(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
