-- What a person may see is asked in nearly every statement. Its plan took longer to make than to run, so it is made once per
-- connection and kept. A kept plan is blind to how large the organization is: where most are small, loops of loops were chosen
-- that take minutes in a large one. Hashes do well with any size.
SET LOCAL ROLE app_kernel;
ALTER FUNCTION kernel.containers_for(text) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION kernel.containers_for(text) SET enable_nestloop = off;
ALTER FUNCTION kernel.containers_for(text) SET enable_seqscan = off;
SET LOCAL ROLE app_owner;
