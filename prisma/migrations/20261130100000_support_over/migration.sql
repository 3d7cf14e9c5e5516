-- Whoever goes on in an organization after their support session there is told that it is over, by whom and since when.

CREATE FUNCTION kernel.ended_support(session_hash bytea, at timestamptz, wished_slug text)
RETURNS TABLE (organization text, ended_at timestamptz, ended_by text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  -- The last one that had begun, if it is over; one that is open in another browser is not.
  RETURN QUERY
  SELECT v.organization, v.ended_at, v.ended_by FROM (
    SELECT o.name AS organization, coalesce(s.ended_at, s.ends_at) AS ended_at, coalesce(s.ended_by, 'time') AS ended_by, s.status IN ('ended', 'expired') OR s.status = 'active' AND s.ends_at <= greatest(at, now()) AS is_over
      FROM kernel.super_admin_of(session_hash, at) a JOIN public.support_sessions s ON s.admin_user_id = a.user_id AND s.starts_at IS NOT NULL JOIN public.organizations o ON o.id = s.tenant_id AND o.slug = wished_slug AND o.deleted_at IS NULL
     ORDER BY s.created_at DESC, s.id DESC LIMIT 1) v
   WHERE v.is_over AND v.ended_at > at - interval '1 day';
END $$;
CALL kernel.give_function('kernel.ended_support(bytea, timestamptz, text)', 'app_directory', '{app_platform}');
