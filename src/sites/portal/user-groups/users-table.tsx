import type { ComponentChildren, JSX } from 'preact'
import type { GroupUserList } from '#features/user-groups/list-users.ts'
import type { FormView } from '#platform/form.ts'
import type { Place } from '#platform/list/paging.ts'
import { fieldId } from '#platform/ui/form/field-frame.tsx'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { userColumns, usersFormId } from './user-columns.tsx'

const words = {
  noMatch: { ja: '条件に合うユーザーがいません', en: 'No user matches' },
  chosen: {
    ja: 'チェックを付けたユーザーが対象です。対象になるのは、この画面に表示されている方だけです。',
    en: 'This is about the users you have ticked on this page.',
  },
}

export interface UsersTableProps {
  form: FormView
  language: Language
  path: string
  keyword: string
  size: string | undefined
  place: Place
  list: Omit<GroupUserList, 'group'>
  caption: string
  /** What is done with those who are ticked. */
  children: ComponentChildren
}

/** Users to be ticked, and the buttons for those who are. */
export function UsersTable({
  form,
  language,
  path,
  keyword,
  size,
  place,
  list,
  caption,
  children,
}: UsersTableProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <>
      <FilteredTable
        language={language}
        path={path}
        query={{ q: keyword, size }}
        isFiltered={keyword !== ''}
        unfiltered={{ size }}
        keyword={keyword}
        place={place}
        list={list}
        caption={caption}
        columns={userColumns(form, language)}
        rowKey={({ id }) => id}
        noMatch={text.noMatch}
      />
      {list.rows.length > 0 && (
        <div class="bulk" id={fieldId('user')} tabIndex={-1}>
          <p class="small-text">{text.chosen}</p>
          <Form form={form} id={usersFormId} layout="plain">
            {children}
          </Form>
        </div>
      )}
    </>
  )
}
