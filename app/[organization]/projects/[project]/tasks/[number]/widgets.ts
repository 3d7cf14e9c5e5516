'use client'

import dynamic from 'next/dynamic'

// What a task is worked on with. A list shows a task at its side now and then, and does not fetch these before.
export const Attachments = dynamic(() => import('./attachments').then((module) => module.Attachments))
export const Comments = dynamic(() => import('./comments').then((module) => module.Comments))
export const Dependencies = dynamic(() => import('./dependencies').then((module) => module.Dependencies))
export const Links = dynamic(() => import('./links').then((module) => module.Links))
export const Reports = dynamic(() => import('./reports').then((module) => module.Reports))
export const TaskMoves = dynamic(() => import('./task-moves').then((module) => module.TaskMoves))
export const TaskMenu = dynamic(() => import('./task-menu').then((module) => module.TaskMenu))
export const PersonMenu = dynamic(() => import('./person-menu').then((module) => module.PersonMenu))
export const ChecklistForm = dynamic(() => import('./checklist-form').then((module) => module.ChecklistForm))
