import { administratorLabels } from '#sites/frame/guide-labels.ts'
import type { FrameLink } from '#sites/frame/brand.tsx'
import type { IconName } from '#platform/ui/text/icon.tsx'
import type { Phrase } from '#platform/words.ts'
import { reviewTitle } from '../access-reviews/words.ts'
import { historyTitle } from '../change-history/words.ts'
import { paths } from '../paths.ts'
import { viewingsTitle } from '../viewings/words.ts'
import { plannedTitle } from '../users/planned-words.ts'
import { approvalTitle } from './approval-title.ts'

export interface AdministrationLink extends FrameLink {
  text: Phrase
  icon: IconName
}

/** What an administrator sets, as the guide groups it. */
export const administrationLinks: readonly { heading: Phrase; links: readonly AdministrationLink[] }[] = [
  {
    heading: administratorLabels.usersAndRights,
    links: [
      { label: administratorLabels.users, text: administratorLabels.usersText, icon: 'users', href: paths.users },
      {
        label: administratorLabels.userGroups,
        text: administratorLabels.userGroupsText,
        icon: 'group',
        href: paths.userGroups,
      },
      {
        label: administratorLabels.accessHistory,
        text: administratorLabels.accessHistoryText,
        icon: 'clock',
        href: paths.accessHistory,
      },
      {
        label: administratorLabels.accessRules,
        text: administratorLabels.accessRulesText,
        icon: 'shield',
        href: paths.addressLimits,
      },
      {
        label: plannedTitle,
        text: { ja: '異動などに合わせた所属の変更', en: 'Changes of groups on a day to come' },
        icon: 'calendar',
        href: paths.plannedMemberships,
      },
      {
        label: reviewTitle,
        text: { ja: '誰が何を参照・編集できるかの確認', en: 'Who may see and edit what, as of any day' },
        icon: 'clipboard',
        href: paths.accessReview,
      },
      {
        label: historyTitle,
        text: { ja: '誰が何を変更したかの記録', en: 'Who changed what' },
        icon: 'document',
        href: paths.changeHistory,
      },
    ],
  },
  {
    heading: administratorLabels.other,
    links: [
      {
        label: administratorLabels.sessionTimeout,
        text: administratorLabels.sessionTimeoutText,
        icon: 'calendar',
        href: paths.idleTimes,
      },
      { label: administratorLabels.logo, text: administratorLabels.logoText, icon: 'image', href: paths.companyLogo },
      {
        label: administratorLabels.networkMap,
        text: administratorLabels.networkMapText,
        icon: 'map',
        href: paths.networkMapSettings,
      },
      {
        label: administratorLabels.twoStepSkip,
        text: administratorLabels.twoStepSkipText,
        icon: 'lock',
        href: paths.trustedBrowsers,
      },
      {
        label: approvalTitle,
        text: { ja: 'ポータルからのお申し込みの承認', en: 'Approval of what is ordered in the portal' },
        icon: 'check',
        href: paths.approval,
      },
    ],
  },
  {
    heading: { ja: '通信事業者との共有', en: 'Shared with the operator' },
    links: [
      {
        label: viewingsTitle,
        text: { ja: '担当者が画面を確認することの許可と記録', en: 'Leave for staff to look, and when they did' },
        icon: 'eye',
        href: paths.viewings,
      },
    ],
  },
]
