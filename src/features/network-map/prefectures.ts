import type { Phrase } from '#platform/words.ts'

export interface Prefecture {
  /** Of JIS X 0401: 1 to 47. */
  code: number
  name: Phrase
  /** Where its government sits, in degrees. */
  north: number
  east: number
  /** How far around the seat its map goes, in kilometres: all of it, but for islands far away. */
  reach: number
}

/** Degrees north and east of the seats as the Geospatial Information Authority of Japan publishes them (国土地理院「都道府県庁の経度緯度」), rounded to 10 m. */
const all: readonly (readonly [ja: string, en: string, north: number, east: number, reach: number])[] = [
  ['北海道', 'Hokkaido', 43.0642, 141.3469, 330],
  ['青森県', 'Aomori', 40.8244, 140.74, 90],
  ['岩手県', 'Iwate', 39.7036, 141.1525, 110],
  ['宮城県', 'Miyagi', 38.2689, 140.8719, 80],
  ['秋田県', 'Akita', 39.7186, 140.1025, 100],
  ['山形県', 'Yamagata', 38.2406, 140.3633, 100],
  ['福島県', 'Fukushima', 37.75, 140.4678, 110],
  ['茨城県', 'Ibaraki', 36.3414, 140.4467, 75],
  ['栃木県', 'Tochigi', 36.5658, 139.8836, 75],
  ['群馬県', 'Gunma', 36.3911, 139.0608, 75],
  ['埼玉県', 'Saitama', 35.8569, 139.6489, 75],
  ['千葉県', 'Chiba', 35.6047, 140.1233, 80],
  ['東京都', 'Tokyo', 35.6894, 139.6917, 60],
  ['神奈川県', 'Kanagawa', 35.4478, 139.6425, 60],
  ['新潟県', 'Niigata', 37.9022, 139.0236, 140],
  ['富山県', 'Toyama', 36.6953, 137.2114, 65],
  ['石川県', 'Ishikawa', 36.5947, 136.6256, 120],
  ['福井県', 'Fukui', 36.0653, 136.2217, 90],
  ['山梨県', 'Yamanashi', 35.6639, 138.5683, 65],
  ['長野県', 'Nagano', 36.6514, 138.1811, 150],
  ['岐阜県', 'Gifu', 35.3911, 136.7222, 120],
  ['静岡県', 'Shizuoka', 34.9769, 138.3831, 95],
  ['愛知県', 'Aichi', 35.1803, 136.9067, 75],
  ['三重県', 'Mie', 34.7303, 136.5086, 110],
  ['滋賀県', 'Shiga', 35.0044, 135.8683, 75],
  ['京都府', 'Kyoto', 35.0214, 135.7556, 95],
  ['大阪府', 'Osaka', 34.6864, 135.52, 55],
  ['兵庫県', 'Hyogo', 34.6914, 135.1831, 110],
  ['奈良県', 'Nara', 34.6853, 135.8328, 95],
  ['和歌山県', 'Wakayama', 34.2261, 135.1675, 100],
  ['鳥取県', 'Tottori', 35.5036, 134.2383, 100],
  ['島根県', 'Shimane', 35.4722, 133.0506, 155],
  ['岡山県', 'Okayama', 34.6617, 133.935, 85],
  ['広島県', 'Hiroshima', 34.3967, 132.4594, 100],
  ['山口県', 'Yamaguchi', 34.1858, 131.4706, 90],
  ['徳島県', 'Tokushima', 34.0658, 134.5594, 85],
  ['香川県', 'Kagawa', 34.3403, 134.0433, 60],
  ['愛媛県', 'Ehime', 33.8417, 132.7661, 105],
  ['高知県', 'Kochi', 33.5597, 133.5311, 115],
  ['福岡県', 'Fukuoka', 33.6064, 130.4181, 75],
  ['佐賀県', 'Saga', 33.2494, 130.2989, 55],
  ['長崎県', 'Nagasaki', 32.7503, 129.8678, 130],
  ['熊本県', 'Kumamoto', 32.7897, 130.7417, 90],
  ['大分県', 'Oita', 33.2381, 131.6125, 80],
  ['宮崎県', 'Miyazaki', 31.9111, 131.4239, 110],
  ['鹿児島県', 'Kagoshima', 31.5603, 130.5581, 140],
  ['沖縄県', 'Okinawa', 26.2125, 127.6811, 90],
]

/** The 47 prefectures by their codes, in order. */
export const prefectures: ReadonlyMap<number, Prefecture> = new Map(
  all.map(([ja, en, north, east, reach], index) => {
    const code = index + 1
    return [code, { code, name: { ja, en }, north, east, reach }]
  }),
)
