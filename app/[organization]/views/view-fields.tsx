import type { FormState } from '@/components/forms/action-form'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

type Props = { form: FormState; view?: { name: string; isShared: boolean; isDefault: boolean }; mayShare: boolean }

export function ViewFields({ form, view, mayShare }: Props) {
  const isTicked = (name: 'isShared' | 'isDefault') => form.value(name, String(view?.[name] ?? false)) === 'true'
  return (
    <>
      <Field label="Name" required error={form.error('name')}>
        <Input name="name" defaultValue={form.value('name', view?.name)} maxLength={60} autoComplete="off" />
      </Field>
      {(mayShare || view?.isShared) && <Checkbox name="isShared" value="true" label="Share with everybody" hint="Each sees with it what they may see." defaultChecked={isTicked('isShared')} />}
      <Checkbox name="isDefault" value="true" label="Open this list with it" hint="For you, when you come without filters." defaultChecked={isTicked('isDefault')} />
    </>
  )
}
