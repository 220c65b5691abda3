// The verification report for people: why the reference is right, what the tests miss, where the limits come from, what it
// cost, and how to make every test again. Everything in it is in the stored problem.
import type { AuthorProblem, TestCase } from '../contract/problem.ts'
import { difficultyName, type Locale, topicName } from '../contract/topics.ts'
import { gateIds } from '../contract/verification.ts'
import { type Block, code, heading, paragraph, strong, table } from './blocks.ts'
import { costSection, costShort } from './cost-section.ts'
import { standInCalls } from './facts.ts'
import { html } from './html.ts'
import { limitsSection, limitsShort } from './limits-section.ts'
import { markdown } from './markdown.ts'
import { Page } from './page.ts'
import { difficultySection, gatesSection, repairsSection, versionsSection } from './record-sections.ts'
import { rightSection, rightShort } from './right-section.ts'
import { strengthSection, strengthShort } from './strength-section.ts'
import { remakeShort, testsSection } from './tests-section.ts'
import { words } from './words.ts'

/** The report of a problem with its hidden tests, in both forms. */
export function verificationReport(
  problem: AuthorProblem,
  tests: readonly TestCase[],
  locale: Locale,
): { markdown: string; html: string } {
  const page = new Page(problem, tests, locale)
  const blocks = [
    ...head(page),
    ...glance(page),
    ...rightSection(page),
    ...strengthSection(page),
    ...limitsSection(page),
    ...testsSection(page),
    ...costSection(page),
    ...difficultySection(page),
    ...repairsSection(page),
    ...versionsSection(page),
    ...gatesSection(page),
  ]
  return { markdown: markdown(blocks), html: html(words[locale].title(problem.title), locale, blocks) }
}

function head({ problem, text }: Page): Block[] {
  const { verification } = problem
  const verdict =
    verification.level === 'verified'
      ? text.verified(gateIds.length)
      : text.basic(verification.gatesNotRun.map(({ gate }) => gate).join(', '))
  const scripted = standInCalls(verification)
  return [
    heading(1, text.title(problem.title)),
    paragraph(strong(verdict)),
    ...(scripted === 0 ? [] : [paragraph(strong(text.standIn(scripted, verification.calls.length)))]),
    paragraph(text.intro),
  ]
}

function glance(page: Page): Block[] {
  const { problem, text, locale } = page
  const { topic, level, createdAt, author, problemId } = problem
  return [
    heading(2, text.glance),
    table(
      [text.question, text.answer],
      [
        [text.rightHead, rightShort(page)],
        [text.testsHead, strengthShort(page)],
        [text.limitsHead, limitsShort(page)],
        [text.costHead, costShort(page)],
        [text.remakeHead, remakeShort(page)],
        [text.topic, `${topicName(topic, locale)}, ${difficultyName(level, locale)}`],
        [text.made, [`${createdAt}, ${author}, `, code(problemId)]],
      ],
    ),
  ]
}
