import { z } from 'zod'
import { administratorLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { findPlacedSite, type PlacedSite, setPlace } from '#features/network-map/places.ts'
import { positionText } from '#features/network-map/position.ts'
import { prefectures } from '#features/network-map/prefectures.ts'
import { mapPosition, prefectureCode, siteAddress } from '#features/network-map/values.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { SelectField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { typed } from '#platform/values.ts'
import { changedJustNow } from '#platform/web/meanwhile-words.ts'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { lastChangeOf } from '../histories/last-change.ts'
import { MapFigure } from './map-figure.tsx'
import { prefectureLabel, prefectureName } from './words.ts'

const words = {
  list: administratorLabels.networkMap,
  title: { ja: '拠点の位置', en: 'Place of a site' },
  prefecture: prefectureLabel,
  unset: { ja: '設定しない（地図に表示しない）', en: 'None: not on the map' },
  position: { ja: '緯度・経度', en: 'Latitude and longitude' },
  positionHint: {
    ja: '「35.6894, 139.6917」のように入力するか、地図サイトのアドレス（URL）を貼り付けてください。入力しないときは、都道府県庁の位置に表示します。入力した内容が外部に送信されることはありません。',
    en: 'Such as “35.6894, 139.6917”, or paste the address (URL) of a map’s page. Without it the site stands at the seat of the prefecture’s government. Nothing of it is sent anywhere.',
  },
  address: { ja: '住所', en: 'Address' },
  addressHint: {
    ja: 'ネットワークマップの一覧に表示されます。200文字以内。',
    en: 'Shown in the list below the map. At most 200 characters.',
  },
  now: { ja: '現在の表示位置', en: 'Where it stands now' },
  version: { ja: '版', en: 'Version' },
  set: { ja: '設定する', en: 'Set' },
  barEffect: {
    ja: 'この拠点を見られるすべてのユーザーの地図に反映されます。',
    en: 'It changes the map of all users who see this site.',
  },
  cancel: userLabels.cancel,
  done: {
    ja: (name: string) => `${name}の位置を設定しました。`,
    en: (name: string) => `The place of ${name} was set.`,
  },
  wants: {
    ja: '緯度・経度や住所を設定するときは、都道府県を選択してください。',
    en: 'With a latitude and longitude or an address, choose a prefecture, too.',
  },
  'changed-meanwhile': changedJustNow,
}

/** 拠点の位置 */
export const sitePlacePage = portal.page({
  path: paths.sitePlace,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: async (ctx, { params: { id } }): Promise<PlacedSite | typeof notFound> =>
    (await findPlacedSite(ctx, id)) ?? notFound,
  form: {
    prefecture: { label: words.prefecture, value: prefectureCode },
    position: { label: words.position, value: mapPosition, example: '35.6894, 139.6917' },
    address: { label: words.address, value: typed(siteAddress) },
    version: {
      label: words.version,
      value: z.coerce.number().pipe(
        z
          .int()
          .min(0)
          .max(2 ** 31 - 2),
      ),
      carried: true,
    },
  },
  initial: ({ place, version }) => ({
    prefecture: place ? String(place.prefecture) : '',
    position: place?.position ? positionText(place.position) : '',
    address: place?.address ?? '',
    version: String(version),
  }),
  changedBy: (ctx, { id }) => lastChangeOf(ctx, { kind: 'site', id }),
  said: { prefecture: (code, { language }) => prefectureName(Number(code), language) },
  check: ({ input: { prefecture, position, address }, words: text }) =>
    prefecture === undefined && (position || address) ? problemAt('prefecture', text.wants) : undefined,
  async submit(ctx, { data: site, input: { prefecture, version, ...rest }, words: text }) {
    const place = prefecture === undefined ? undefined : { prefecture, ...rest }
    const set = await setPlace(ctx, site, { place, version })
    if (!set.ok) return problemAt(undefined, text[set.problem], set)
    return redirect(paths.networkMapSettings, { notice: text.done(site.name) })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: site, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb
        language={language}
        trail={[{ label: text.list, href: paths.networkMapSettings }]}
        current={site.name}
      />
      <PageHeading heading={text.title} lead={site.name} />
      <div class="map-and-aside">
        <Form form={form} layout="page" guard>
          <input type="hidden" name="version" value={site.version} />
          <SelectField
            form={form}
            width="medium"
            name="prefecture"
            label={text.prefecture}
            language={language}
            placeholder={text.unset}
            options={[...prefectures.values()].map(({ code, name }) => ({
              value: String(code),
              label: name[language],
            }))}
          />
          <TextField
            form={form}
            name="position"
            label={text.position}
            language={language}
            mark="optional"
            hint={text.positionHint}
          />
          <TextField
            form={form}
            name="address"
            label={text.address}
            language={language}
            mark="optional"
            hint={text.addressHint}
          />
          <CommitBar effect={text.barEffect}>
            <ButtonLink kind="secondary" href={paths.networkMapSettings}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.set}</Button>
          </CommitBar>
        </Form>
        {site.place && <PlaceNow site={site} language={language} label={text.now} />}
      </div>
    </>
  ),
})

function PlaceNow({
  site: { id, name, place },
  language,
  label,
}: {
  site: PlacedSite
  language: Language
  label: string
}) {
  const seat = place && prefectures.get(place.prefecture)
  if (!seat) return null
  const position = place.position ?? { north: seat.north, east: seat.east }
  const mark = { id, name, status: 'normal', prefecture: place.prefecture, position } as const
  return (
    <div>
      <p class="field-label">{label}</p>
      <MapFigure marks={[mark]} area={[place.prefecture]} language={language} />
    </div>
  )
}
