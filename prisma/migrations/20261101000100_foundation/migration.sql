-- Identity, organizations, sharing, projects, shared records, history.
-- CreateTable
CREATE TABLE "audit_events" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "actor_user_id" UUID,
    "actor_kind" TEXT NOT NULL DEFAULT 'user',
    "action" TEXT NOT NULL,
    "entity_kind" TEXT NOT NULL,
    "entity_id" UUID,
    "container_id" UUID,
    "success" BOOLEAN NOT NULL DEFAULT true,
    "reason" TEXT,
    "ip" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "audit_details" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "changes" JSONB NOT NULL DEFAULT '{}',
    "container_id" UUID,
    "owner_user_id" UUID,
    "min_role" TEXT,

    CONSTRAINT "audit_details_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'person',
    "email" TEXT,
    "email_lc" TEXT,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "password_algorithm" TEXT,
    "password_changed_at" TIMESTAMPTZ(3),
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "email_verified_at" TIMESTAMPTZ(3),
    "locale" TEXT NOT NULL DEFAULT 'en',
    "timezone" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "last_login_at" TIMESTAMPTZ(3),
    "is_super_admin" BOOLEAN NOT NULL DEFAULT false,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'web',
    "token_hash" BYTEA NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "idle_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoke_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform_audit_events" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "success" BOOLEAN NOT NULL,
    "reason" TEXT,
    "ip" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'trial',
    "plan_key" TEXT NOT NULL DEFAULT 'free',
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "colour" TEXT NOT NULL,
    "join_policy" TEXT NOT NULL DEFAULT 'invite_only',
    "support_policy" TEXT NOT NULL DEFAULT 'ask',
    "suspended_reason" TEXT,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "deleted_at" TIMESTAMPTZ(3),
    "purge_after" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "joined_at" TIMESTAMPTZ(3),
    "last_active_at" TIMESTAMPTZ(3),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "organization_modules" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "organization_modules_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "teams" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_lc" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "team_members" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'member',
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_members_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "projects" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'active',
    "colour" TEXT NOT NULL,
    "starts_on" DATE,
    "target_on" DATE,
    "next_task_number" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "parent_id" UUID,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'todo',
    "status_rank" SMALLINT NOT NULL DEFAULT 0,
    "priority" TEXT NOT NULL DEFAULT 'medium',
    "priority_rank" SMALLINT NOT NULL DEFAULT 3,
    "estimate_minutes" INTEGER,
    "due_on" DATE,
    "progress" INTEGER NOT NULL DEFAULT 0,
    "completion_summary" TEXT,
    "blocked_reason" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "position" INTEGER NOT NULL DEFAULT 0,
    "deleted_at" TIMESTAMPTZ(3),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "task_assignees" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'assignee',
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_assignees_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "task_status_changes" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "from_status" TEXT NOT NULL,
    "to_status" TEXT NOT NULL,
    "actor_user_id" UUID NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_status_changes_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "labels" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_lc" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "owner_user_id" UUID,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    -- The owner without null, so that a foreign key can hold the two together.
    "owner_key" UUID NOT NULL GENERATED ALWAYS AS (COALESCE(owner_user_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,

    CONSTRAINT "labels_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "record_labels" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "label_id" UUID NOT NULL,
    "entity_kind" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "container_id" UUID,
    "owner_user_id" UUID,
    "min_role" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- The record itself, for the foreign key that holds the guard to the task's own project.
    "task_id" UUID GENERATED ALWAYS AS (CASE WHEN entity_kind = 'task' THEN entity_id END) STORED,
    "owner_key" UUID NOT NULL GENERATED ALWAYS AS (COALESCE(owner_user_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,

    CONSTRAINT "record_labels_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "comments" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "entity_kind" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "author_user_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "container_id" UUID,
    "owner_user_id" UUID,
    "min_role" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    -- The record itself, for the foreign key that holds the guard to the task's own project.
    "task_id" UUID GENERATED ALWAYS AS (CASE WHEN entity_kind = 'task' THEN entity_id END) STORED,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "search_documents" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "entity_kind" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "snippet" TEXT NOT NULL DEFAULT '',
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "container_id" UUID,
    "owner_user_id" UUID,
    "min_role" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- The record itself, for the foreign key that holds the guard to the task's own project.
    "task_id" UUID GENERATED ALWAYS AS (CASE WHEN entity_kind = 'task' THEN entity_id END) STORED,

    CONSTRAINT "search_documents_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "search_tokens" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "token" TEXT COLLATE "C" NOT NULL,
    "weight" INTEGER NOT NULL,
    "container_id" UUID,
    "owner_user_id" UUID,
    "min_role" TEXT,

    CONSTRAINT "search_tokens_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "containers" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "visibility" TEXT NOT NULL,
    "default_access" TEXT NOT NULL,
    "team_id" UUID,
    "owner_user_id" UUID NOT NULL,
    "parent_id" UUID,
    "log_reads" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "containers_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "container_members" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "container_id" UUID NOT NULL,
    "user_id" UUID,
    "team_id" UUID,
    "access" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "container_members_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_at_id_idx" ON "audit_events"("tenant_id", "at", "id");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_entity_kind_entity_id_id_idx" ON "audit_events"("tenant_id", "entity_kind", "entity_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_actor_user_id_id_idx" ON "audit_events"("tenant_id", "actor_user_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_action_id_idx" ON "audit_events"("tenant_id", "action", "id");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_container_id_id_idx" ON "audit_events"("tenant_id", "container_id", "id");

-- CreateIndex
-- One detail an event, written with it: nobody can add another story to it later.
CREATE UNIQUE INDEX "audit_details_tenant_id_event_id_key" ON "audit_details"("tenant_id", "event_id");

-- CreateIndex
CREATE INDEX "audit_details_tenant_id_container_id_idx" ON "audit_details"("tenant_id", "container_id");

-- CreateIndex
CREATE INDEX "audit_details_tenant_id_owner_user_id_idx" ON "audit_details"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_lc_key" ON "users"("email_lc");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions"("token_hash");

-- CreateIndex
CREATE INDEX "sessions_user_id_revoked_at_idx" ON "sessions"("user_id", "revoked_at");

-- CreateIndex
CREATE INDEX "platform_audit_events_at_id_idx" ON "platform_audit_events"("at", "id");

-- CreateIndex
CREATE INDEX "platform_audit_events_user_id_id_idx" ON "platform_audit_events"("user_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "organizations_code_key" ON "organizations"("code");

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE INDEX "memberships_tenant_id_status_role_idx" ON "memberships"("tenant_id", "status", "role");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_tenant_id_user_id_key" ON "memberships"("tenant_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_modules_tenant_id_key_key" ON "organization_modules"("tenant_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "teams_tenant_id_name_lc_key" ON "teams"("tenant_id", "name_lc");

-- CreateIndex
CREATE INDEX "team_members_tenant_id_user_id_idx" ON "team_members"("tenant_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_members_tenant_id_team_id_user_id_key" ON "team_members"("tenant_id", "team_id", "user_id");

-- CreateIndex
CREATE INDEX "projects_tenant_id_status_id_idx" ON "projects"("tenant_id", "status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "projects_tenant_id_slug_key" ON "projects"("tenant_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "projects_tenant_id_key_key" ON "projects"("tenant_id", "key");

-- CreateIndex
CREATE INDEX "tasks_tenant_id_project_id_status_priority_rank_due_on_id_idx" ON "tasks"("tenant_id", "project_id", "status", "priority_rank", "due_on", "id");

-- CreateIndex
CREATE INDEX "tasks_tenant_id_project_id_parent_id_position_idx" ON "tasks"("tenant_id", "project_id", "parent_id", "position");

-- CreateIndex
CREATE INDEX "tasks_tenant_id_project_id_updated_at_id_idx" ON "tasks"("tenant_id", "project_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "tasks_tenant_id_due_on_id_idx" ON "tasks"("tenant_id", "due_on", "id");

-- CreateIndex
CREATE INDEX "tasks_tenant_id_priority_rank_id_idx" ON "tasks"("tenant_id", "priority_rank", "id");

-- CreateIndex
CREATE INDEX "tasks_tenant_id_updated_at_id_idx" ON "tasks"("tenant_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "tasks_tenant_id_deleted_at_id_project_id_idx" ON "tasks"("tenant_id", "deleted_at", "id", "project_id");

-- CreateIndex
CREATE UNIQUE INDEX "tasks_tenant_id_project_id_id_key" ON "tasks"("tenant_id", "project_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tasks_tenant_id_project_id_number_key" ON "tasks"("tenant_id", "project_id", "number");

-- CreateIndex
CREATE INDEX "task_assignees_tenant_id_user_id_role_task_id_idx" ON "task_assignees"("tenant_id", "user_id", "role", "task_id");

-- CreateIndex
CREATE INDEX "task_assignees_tenant_id_task_id_idx" ON "task_assignees"("tenant_id", "task_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_assignees_tenant_id_project_id_task_id_user_id_role_key" ON "task_assignees"("tenant_id", "project_id", "task_id", "user_id", "role");

-- CreateIndex
CREATE INDEX "task_status_changes_tenant_id_task_id_at_idx" ON "task_status_changes"("tenant_id", "task_id", "at");

-- CreateIndex
CREATE INDEX "task_status_changes_tenant_id_project_id_task_id_idx" ON "task_status_changes"("tenant_id", "project_id", "task_id");

-- CreateIndex
CREATE INDEX "task_status_changes_tenant_id_project_id_to_status_at_idx" ON "task_status_changes"("tenant_id", "project_id", "to_status", "at");

-- CreateIndex
CREATE INDEX "task_status_changes_tenant_id_actor_user_id_idx" ON "task_status_changes"("tenant_id", "actor_user_id");

-- CreateIndex
-- Two shared labels of one name are the same label, so nulls are equal here.
CREATE UNIQUE INDEX "labels_tenant_id_owner_user_id_name_lc_key" ON "labels"("tenant_id", "owner_user_id", "name_lc") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "labels_tenant_id_id_owner_key_key" ON "labels"("tenant_id", "id", "owner_key");

-- CreateIndex
CREATE INDEX "record_labels_tenant_id_label_id_owner_key_idx" ON "record_labels"("tenant_id", "label_id", "owner_key");

-- CreateIndex
CREATE INDEX "record_labels_tenant_id_entity_kind_entity_id_id_idx" ON "record_labels"("tenant_id", "entity_kind", "entity_id", "id");

-- CreateIndex
CREATE INDEX "record_labels_tenant_id_container_id_task_id_idx" ON "record_labels"("tenant_id", "container_id", "task_id");

-- CreateIndex
CREATE INDEX "record_labels_tenant_id_owner_user_id_idx" ON "record_labels"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "record_labels_tenant_id_container_id_label_id_entity_kind_e_key" ON "record_labels"("tenant_id", "container_id", "label_id", "entity_kind", "entity_id");

-- CreateIndex
CREATE INDEX "comments_tenant_id_entity_kind_entity_id_id_idx" ON "comments"("tenant_id", "entity_kind", "entity_id", "id");

-- CreateIndex
CREATE INDEX "comments_tenant_id_author_user_id_idx" ON "comments"("tenant_id", "author_user_id");

-- CreateIndex
CREATE INDEX "comments_tenant_id_container_id_task_id_idx" ON "comments"("tenant_id", "container_id", "task_id");

-- CreateIndex
CREATE INDEX "comments_tenant_id_owner_user_id_idx" ON "comments"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE INDEX "search_documents_tenant_id_container_id_task_id_idx" ON "search_documents"("tenant_id", "container_id", "task_id");

-- CreateIndex
CREATE INDEX "search_documents_tenant_id_owner_user_id_idx" ON "search_documents"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "search_documents_tenant_id_container_id_id_key" ON "search_documents"("tenant_id", "container_id", "id");

-- CreateIndex
-- Unique inside the container: a taken place outside of it would tell that a hidden record exists.
CREATE UNIQUE INDEX "search_documents_tenant_id_container_id_entity_kind_entity__key" ON "search_documents"("tenant_id", "container_id", "entity_kind", "entity_id");

-- CreateIndex
CREATE INDEX "search_documents_tenant_id_entity_kind_entity_id_idx" ON "search_documents"("tenant_id", "entity_kind", "entity_id");

-- CreateIndex
CREATE INDEX "search_tokens_tenant_id_document_id_idx" ON "search_tokens"("tenant_id", "document_id");

-- CreateIndex
CREATE INDEX "search_tokens_tenant_id_container_id_document_id_idx" ON "search_tokens"("tenant_id", "container_id", "document_id");

-- CreateIndex
CREATE INDEX "search_tokens_tenant_id_owner_user_id_idx" ON "search_tokens"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "search_tokens_tenant_id_token_document_id_key" ON "search_tokens"("tenant_id", "token", "document_id");

-- CreateIndex
CREATE INDEX "containers_tenant_id_kind_archived_at_id_idx" ON "containers"("tenant_id", "kind", "archived_at", "id");

-- CreateIndex
CREATE INDEX "containers_tenant_id_owner_user_id_idx" ON "containers"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE INDEX "containers_tenant_id_team_id_idx" ON "containers"("tenant_id", "team_id");

-- CreateIndex
CREATE INDEX "containers_tenant_id_parent_id_idx" ON "containers"("tenant_id", "parent_id");

-- CreateIndex
CREATE INDEX "container_members_tenant_id_user_id_idx" ON "container_members"("tenant_id", "user_id");

-- CreateIndex
CREATE INDEX "container_members_tenant_id_team_id_idx" ON "container_members"("tenant_id", "team_id");

-- CreateIndex
CREATE UNIQUE INDEX "container_members_tenant_id_container_id_user_id_key" ON "container_members"("tenant_id", "container_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "container_members_tenant_id_container_id_team_id_key" ON "container_members"("tenant_id", "container_id", "team_id");

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_tenant_id_actor_user_id_fkey" FOREIGN KEY ("tenant_id", "actor_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_details" ADD CONSTRAINT "audit_details_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_details" ADD CONSTRAINT "audit_details_tenant_id_event_id_fkey" FOREIGN KEY ("tenant_id", "event_id") REFERENCES "audit_events"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_details" ADD CONSTRAINT "audit_details_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_details" ADD CONSTRAINT "audit_details_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "organization_modules" ADD CONSTRAINT "organization_modules_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_tenant_id_team_id_fkey" FOREIGN KEY ("tenant_id", "team_id") REFERENCES "teams"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_tenant_id_id_fkey" FOREIGN KEY ("tenant_id", "id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_tenant_id_project_id_parent_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "parent_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_assignees" ADD CONSTRAINT "task_assignees_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_assignees" ADD CONSTRAINT "task_assignees_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_assignees" ADD CONSTRAINT "task_assignees_tenant_id_project_id_task_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_assignees" ADD CONSTRAINT "task_assignees_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_status_changes" ADD CONSTRAINT "task_status_changes_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_status_changes" ADD CONSTRAINT "task_status_changes_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_status_changes" ADD CONSTRAINT "task_status_changes_tenant_id_project_id_task_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_status_changes" ADD CONSTRAINT "task_status_changes_tenant_id_actor_user_id_fkey" FOREIGN KEY ("tenant_id", "actor_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "labels" ADD CONSTRAINT "labels_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "labels" ADD CONSTRAINT "labels_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "record_labels" ADD CONSTRAINT "record_labels_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "record_labels" ADD CONSTRAINT "record_labels_tenant_id_label_id_owner_key_fkey" FOREIGN KEY ("tenant_id", "label_id", "owner_key") REFERENCES "labels"("tenant_id", "id", "owner_key") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "record_labels" ADD CONSTRAINT "record_labels_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "record_labels" ADD CONSTRAINT "record_labels_tenant_id_container_id_task_id_fkey" FOREIGN KEY ("tenant_id", "container_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "record_labels" ADD CONSTRAINT "record_labels_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_tenant_id_author_user_id_fkey" FOREIGN KEY ("tenant_id", "author_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_tenant_id_container_id_task_id_fkey" FOREIGN KEY ("tenant_id", "container_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_tenant_id_container_id_task_id_fkey" FOREIGN KEY ("tenant_id", "container_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_tokens" ADD CONSTRAINT "search_tokens_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_tokens" ADD CONSTRAINT "search_tokens_tenant_id_container_id_document_id_fkey" FOREIGN KEY ("tenant_id", "container_id", "document_id") REFERENCES "search_documents"("tenant_id", "container_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_tokens" ADD CONSTRAINT "search_tokens_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_tokens" ADD CONSTRAINT "search_tokens_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "containers" ADD CONSTRAINT "containers_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "containers" ADD CONSTRAINT "containers_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "containers" ADD CONSTRAINT "containers_tenant_id_team_id_fkey" FOREIGN KEY ("tenant_id", "team_id") REFERENCES "teams"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "containers" ADD CONSTRAINT "containers_tenant_id_parent_id_fkey" FOREIGN KEY ("tenant_id", "parent_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "container_members" ADD CONSTRAINT "container_members_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "container_members" ADD CONSTRAINT "container_members_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "container_members" ADD CONSTRAINT "container_members_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "container_members" ADD CONSTRAINT "container_members_tenant_id_team_id_fkey" FOREIGN KEY ("tenant_id", "team_id") REFERENCES "teams"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

