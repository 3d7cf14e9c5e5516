import type { IdeaStatus } from '@/lib/ideas/schema'

type DemoIdea = { title: string; body: string; status: IdeaStatus; answers?: [string, string, string, string]; tasks?: string[] }

/** In every state; what was answered brings each to its own. */
export const IDEAS: DemoIdea[] = [
  { title: 'A reading corner in the shop window', status: 'converted', body: 'People stop at the window and go on. Two chairs, a lamp and the books of the month would give them a reason to come in, to sit down, and to stay for a coffee while it rains outside.', answers: ['Passers-by find no reason to come in, and the shop loses the quiet hours of the afternoon', 'Ask for two chairs. Choose a lamp. Move the shelf. Count the visitors of a week: 40 more than today.', '2d', 'The window is small'], tasks: ['Ask for two chairs', 'Choose a lamp', 'Move the shelf', 'Count the visitors of a week'] },
  { title: 'Seed paper as wrapping', status: 'validated', body: 'Paper that can be planted would wrap every order of the spring campaign. It costs a little more than what we use today, is remembered by those who get it, and leaves nothing behind to be thrown away.', answers: ['Customers throw our wrapping away at once, and each order carries eighty grams of it', 'By April every parcel grows: 500 parcels, less waste', '12h', 'The paper must not get wet'] },
  { title: 'Letters instead of mails to the oldest customers', status: 'validated', body: 'The hundred people who have been with us for ten years never open a newsletter. A letter, written by hand and sent with a stamp, would be read by each of them, and kept by some on the kitchen wall.', answers: ['Nobody opens them', '30 answers in a month', '3d', 'Handwriting takes patience'] },
  { title: 'A podcast', status: 'rejected', body: 'Everybody has one.', answers: ['Us', 'More listeners', 'a while', 'Time'] },
  { title: 'Open the studio on Saturdays', status: 'refining', body: 'Neighbours ask every week whether they may look in. A table at the door and one of us would be enough to begin with.' },
  { title: 'Lend the cameras to schools', status: 'archived', body: 'They lie in the cupboard from Friday to Monday.' },
  { title: 'A calendar printed from the best pictures', status: 'draft', body: 'Twelve pictures are there already. Ask the printer for a price before anybody else hears of it.' },
  { title: 'A smaller logo', status: 'draft', body: '' },
  { title: 'Advertise on buses', status: 'archived', body: 'Too dear, for now.' },
]

type DemoTemplate = { kind: 'task' | 'checklist' | 'workflow'; name: string; outline: string }

export const TEMPLATES: DemoTemplate[] = [
  { kind: 'workflow', name: 'Release', outline: 'Freeze the changes ~1h\nTest on a copy !high ~4h (after 1)\n- Sign in\n- Import a file\n- Print a list\nWrite the change log ~1h (after 1)\nPublish !urgent ~30m (after 2, 3)\nWatch for a day ~2h (after 4)' },
  { kind: 'workflow', name: 'New page', outline: 'Agree on the content ~2h\nDesign it ~1d (after 1)\nBuild it ~2d (after 2)\n- Small screens\n- Keyboard\nReview ~1h (after 3)' },
  { kind: 'workflow', name: 'Somebody new', outline: 'Prepare the desk ~1h\nMake the accounts ~30m\nWelcome on the first day !high (after 1, 2)\nTalk after two weeks (after 3)' },
  { kind: 'workflow', name: 'Incident', outline: 'Stop the harm !critical\nTell the customers !urgent (after 1)\nFind the cause !high (after 1)\nWrite down what was learned (after 3)' },
  { kind: 'workflow', name: 'Customer interview', outline: 'Find three people\nWrite the questions ~1h\nHold the interviews ~3h (after 1, 2)\nTell the team (after 3)' },
  { kind: 'task', name: 'Bug report', outline: 'Something does not work !high\n> What was done, what was expected, what came.\n- Repeat it\n- Write a test\n- Mend it' },
  { kind: 'task', name: 'Monthly figures', outline: 'Figures of the month ~2h\n- Collect\n- Compare with last month\n- Send' },
  { kind: 'task', name: 'Dependency update', outline: 'Update what we depend on ~2h\n- Read the change logs\n- Run every test' },
  { kind: 'task', name: 'Blog post', outline: 'Write a post ~4h\n- Draft\n- Pictures\n- Proof-read' },
  { kind: 'checklist', name: 'Before a review', outline: 'The tests are green\nThe texts are proof-read\nLooked at on a phone\nNothing is left over' },
  { kind: 'checklist', name: 'Accessibility', outline: 'By keyboard alone\nWith a screen reader\nAt 200 percent\nColours tell nothing by themselves' },
  { kind: 'checklist', name: 'Leaving the office', outline: 'Windows\nCoffee machine\nAlarm' },
  { kind: 'checklist', name: 'Before a mail goes out', outline: 'Subject\nEvery link\nWho gets it\nA way to say no' },
  { kind: 'checklist', name: 'Meeting', outline: 'Agenda two days before\nSomebody writes\nWho does what until when' },
]
