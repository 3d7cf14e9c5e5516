-- What a program has done shows by which key: the part of it that is no secret.
ALTER TABLE task_status_changes ADD COLUMN key_prefix text CHECK (key_prefix ~ '^bh_[0-9A-Za-z]{8}$');
ALTER TABLE task_progress ADD COLUMN key_prefix text CHECK (key_prefix ~ '^bh_[0-9A-Za-z]{8}$');

-- Without a wished slug a key is asked for in its own organization: what has one address for all of them (/api/mcp).
DROP FUNCTION kernel.find_api_key(bytea, timestamptz, text);
CREATE FUNCTION kernel.find_api_key(hash bytea, at timestamptz, wished_slug text)
RETURNS TABLE (key_id uuid, key_prefix text, scopes text[], container_id uuid, rate_per_hour int, is_here boolean, user_id uuid, email text, timezone text,
  tenant_id uuid, slug text, organization text, colour text, kind text, organization_timezone text, organization_status text, suspended_reason text, role text, display_name text, modules text[], gate text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT k.id, k.prefix, k.scopes, k.container_id, k.rate_per_hour, wished_slug IS NULL OR o.slug = wished_slug, u.id, u.email, u.timezone,
    o.id, o.slug, o.name, o.colour, o.kind, o.timezone, o.status, o.suspended_reason, m.role, m.display_name,
    ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key),
    CASE WHEN u.must_change_password OR m.password_change_required_at > coalesce(u.password_changed_at, '-infinity') THEN 'new_password'
         WHEN o.second_factor_required_at IS NOT NULL AND NOT kernel.has_second_factor(u.id)
           AND greatest(o.second_factor_required_at, m.joined_at) + make_interval(days => o.second_factor_grace_days) <= at THEN 'set_up_factor' END
    FROM public.api_keys k JOIN public.organizations o ON o.id = k.tenant_id AND o.deleted_at IS NULL
    JOIN public.memberships m ON m.tenant_id = k.tenant_id AND m.user_id = k.owner_user_id AND m.status = 'active' AND k.created_at >= coalesce(m.joined_at, '-infinity')
    JOIN public.users u ON u.id = m.user_id AND u.status = 'active'
   WHERE k.key_hash = hash AND k.revoked_at IS NULL AND k.expires_at > at
     AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active));
  UPDATE public.api_keys k SET usage_count = k.usage_count + 1, last_used_at = at FROM public.organizations o
   WHERE o.id = k.tenant_id AND (wished_slug IS NULL OR o.slug = wished_slug) AND k.key_hash = hash AND k.revoked_at IS NULL AND k.expires_at > at;
END $$;
CALL kernel.give_function('kernel.find_api_key(bytea, timestamptz, text)', 'app_directory', '{app_platform}');
