// The debugging page: one self-contained document that shows a run through a real EventSource.
import { difficulties, difficultyName, type Locale, topicName, topics } from '../contract/topics.ts'
import { artefacts, gateTitles, type GateId, stages } from '../contract/verification.ts'
import { artefactName, gateTitle, stageName } from './run-words.ts'
import type { Choice } from './topic-choice.ts'

const words = {
  ko: {
    heading: 'Alpaco 디버그 화면',
    topic: '주제',
    difficulty: '난이도',
    prompt: '원하는 문제 (선택)',
    start: '만들기',
    stop: '취소',
    waiting: '기다리는 중',
    running: '만드는 중',
    reconnecting: '연결이 끊겨 다시 잇는 중',
    refused: '요청이 거절됨',
    problem: '완성',
    failed: '실패',
    cancelled: '취소됨',
    gates: '검증',
    writing: '모델이 쓰는 글',
    input: '입력',
    output: '출력',
    constraints: '제한',
    example: '예제',
    events: '이벤트',
  },
  en: {
    heading: 'Alpaco debugging page',
    topic: 'Topic',
    difficulty: 'Difficulty',
    prompt: 'A wish (optional)',
    start: 'Make',
    stop: 'Cancel',
    waiting: 'waiting',
    running: 'running',
    reconnecting: 'connection lost, reconnecting',
    refused: 'request refused',
    problem: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
    gates: 'Gates',
    writing: 'What the model writes',
    input: 'Input',
    output: 'Output',
    constraints: 'Constraints',
    example: 'Example',
    events: 'events',
  },
} as const

/** The page, with a choice already made in its form. */
export function debugPage(choice: Choice, locale: Locale): string {
  const gateIds = Object.keys(gateTitles).filter((id): id is GateId => id in gateTitles)
  const settings = {
    locale,
    words: words[locale],
    topics: topics.map((topic) => topicName(topic, locale)),
    difficulties: difficulties.map((level) => difficultyName(level, locale)),
    chosen: { topic: choice.algorithm ?? '', difficulty: choice.difficulty ?? '' },
    stages: stages.map((stage) => [stage, stageName(stage, locale)]),
    gates: Object.fromEntries(gateIds.map((gate) => [gate, gateTitle(gate, locale)])),
    artefacts: Object.fromEntries(artefacts.map((artefact) => [artefact, artefactName(artefact, locale)])),
  }
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words[locale].heading}</title>
<style>${style}</style>
<main>
  <header><h1>${words[locale].heading}</h1><output id="state" aria-live="polite"></output></header>
  <form id="form">
    <label>${words[locale].topic} <select id="topic"></select></label>
    <label>${words[locale].difficulty} <select id="difficulty"></select></label>
    <label class="wide">${words[locale].prompt} <input id="prompt" maxlength="2000"></label>
    <button id="start">${words[locale].start}</button>
    <button id="stop" type="button" disabled>${words[locale].stop}</button>
  </form>
  <progress id="percent" max="100" value="0"></progress>
  <ol id="stages"></ol>
  <div class="columns">
    <section><h2>${words[locale].gates}</h2><ul id="gates"></ul></section>
    <section><h2>${words[locale].writing}</h2><div id="calls"></div></section>
  </div>
  <article id="result"></article>
</main>
<script>const settings = ${JSON.stringify(settings).replaceAll('<', String.raw`\u003c`)};</script>
<script>${script}</script>
</html>
`
}

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --good: #1a8f4a; --bad: #c8323c; --busy: #1f7fb5 }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.55 system-ui, "Apple SD Gothic Neo", "Noto Sans KR", sans-serif }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem }
header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between }
h1 { font-size: 1.2rem; margin: 0 0 1rem } h2 { font-size: .95rem; margin: 1.2rem 0 .4rem }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end } label { display: grid; gap: .2rem; font-size: .85rem }
.wide { flex: 1; min-width: 12rem } input, select, button { font: inherit; padding: .35rem .6rem }
progress { width: 100%; margin: 1rem 0 .5rem }
#stages { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; padding: 0; margin: 0; font-weight: 600 }
#stages li { opacity: .45 } #stages .started { opacity: 1; color: var(--busy) } #stages .repairing { opacity: 1; color: #b7791f } #stages .done { opacity: 1; color: var(--good) }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 2rem }
#gates { list-style: none; padding: 0; margin: 0 } #gates li { border-bottom: 1px solid var(--line); padding: .3rem 0; overflow-wrap: anywhere }
#gates small { display: block; opacity: .7 } .passed b { color: var(--good) } .failed b { color: var(--bad) }
pre { margin: .2rem 0 1rem; padding: .6rem; border: 1px solid var(--line); border-radius: .4rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 12.5px/1.45 ui-monospace, monospace }
#calls pre { max-height: 11rem } #result p { white-space: pre-wrap }
`

// Everything that comes from a run is shown through textContent: nothing of it can become markup.
const script = `
'use strict';
const byId = (id) => document.getElementById(id);
const make = (tag, text, className) => { const node = document.createElement(tag); if (text !== undefined) node.textContent = text; if (className) node.className = className; return node; };
const { words } = settings;
let source, problemId, count, seen;
function fill(select, names, chosen) { for (const name of names) { const option = make('option', name); option.selected = name === chosen; select.append(option); } }
function say(text) { byId('state').textContent = text + (count ? ' · ' + words.events + ' ' + count : ''); }
function reset() {
  count = 0; seen = 0; problemId = undefined;
  for (const id of ['gates', 'calls', 'result', 'stages']) byId(id).replaceChildren();
  for (const [stage, name] of settings.stages) { const item = make('li', name); item.id = 'stage-' + stage; byId('stages').append(item); }
  byId('percent').value = 0;
}
function start(query) {
  source?.close(); reset(); say(words.waiting);
  location.hash = query;
  byId('start').disabled = true; byId('stop').disabled = false;
  source = new EventSource('/generate?' + query);
  for (const type of ['progress', 'gate', 'delta', 'problem', 'failed', 'cancelled']) {
    source.addEventListener(type, (message) => take(JSON.parse(message.data)));
  }
  source.onerror = () => { if (source.readyState === EventSource.CLOSED) refused(query); else say(words.reconnecting); };
}
function stop() { source?.close(); byId('start').disabled = false; byId('stop').disabled = true; }
async function refused(query) {
  stop(); say(words.refused);
  if (count > 0) return;
  const asking = new AbortController();
  try {
    const answer = await fetch('/generate?' + query, { signal: asking.signal });
    if (answer.ok) return;
    byId('result').replaceChildren(make('pre', JSON.stringify(await answer.json(), null, 2)));
  } catch (error) { byId('result').replaceChildren(make('pre', String(error))); } finally { asking.abort(); }
}
function take(event) {
  if (event.seq !== undefined) { if (event.seq <= seen) return; seen = event.seq; }
  problemId = event.problemId; count += 1;
  if (event.type === 'progress') {
    byId('percent').value = event.percent;
    const item = byId('stage-' + event.stage);
    item.className = event.state; item.title = event.message;
  } else if (event.type === 'gate') gate(event);
  else if (event.type === 'delta') delta(event);
  else { stop(); end(event); }
  say(words[event.type] ?? words.running);
}
function gate(event) {
  const item = make('li', undefined, event.outcome);
  item.append(make('b', event.gate + ' '), (settings.gates[event.gate] ?? '') + ' · ' + event.durationMs + ' ms', make('small', event.evidence));
  byId('gates').append(item);
}
function delta(event) {
  let text = byId('call-' + event.callId);
  if (text === null) {
    text = make('pre'); text.id = 'call-' + event.callId;
    byId('calls').append(make('strong', (settings.artefacts[event.artefact] ?? event.artefact) + (event.attempt > 1 ? ' #' + event.attempt : '')), text);
  }
  text.append(event.text); text.scrollTop = text.scrollHeight;
}
function end(event) {
  const result = byId('result');
  if (event.type !== 'problem') {
    result.append(make('h2', event.message));
    for (const line of event.evidence ?? []) result.append(make('pre', line));
    return;
  }
  const { problem } = event;
  result.append(make('h1', problem.title), make('p', problem.description));
  for (const [heading, text] of [[words.input, problem.input_format], [words.output, problem.output_format], [words.constraints, problem.constraints]]) result.append(make('h2', heading), make('p', text));
  problem.examples.forEach((example, index) => result.append(make('h2', words.example + ' ' + (index + 1)), make('pre', example.input), make('pre', example.output)));
  result.append(make('h2', 'verification: ' + problem.verification.level), make('pre', JSON.stringify(problem.verification.totals, null, 2)));
}
fill(byId('topic'), settings.topics, settings.chosen.topic);
fill(byId('difficulty'), settings.difficulties, settings.chosen.difficulty);
byId('form').addEventListener('submit', (submitted) => {
  submitted.preventDefault();
  const query = new URLSearchParams({ algorithm_type: byId('topic').value, difficulty: byId('difficulty').value, locale: settings.locale, requestId: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('') });
  if (byId('prompt').value.trim() !== '') query.set('prompt', byId('prompt').value);
  start(query.toString());
});
byId('stop').addEventListener('click', () => { if (problemId !== undefined) fetch('/generations/' + problemId, { method: 'DELETE' }); else stop(); });
reset();
// A reload goes on with the run that was being watched: its requestId is in the address.
if (new URLSearchParams(location.hash.slice(1)).has('requestId')) start(location.hash.slice(1));
`
