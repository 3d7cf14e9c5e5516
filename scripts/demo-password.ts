import { randomInt } from 'node:crypto'

const WORDS = (
  'acorn amber anchor apple apron autumn bakery bamboo basket beacon bicycle blanket bottle bramble button candle canoe carpet cedar cello ' +
  'cherry chimney cinnamon clover cobalt copper cotton curtain dolphin feather fiddle forest garden ginger granite hammock harbor hazel ' +
  'honey island ivory jacket juniper kettle ladder lantern lemon lentil magnet maple marble meadow mitten mountain mustard nutmeg orchard ' +
  'otter paddle paper parsley pebble pepper pewter pillow pocket pumpkin quarry ribbon river rocket saddle saffron sandal satin silver ' +
  'spinach sparrow summer teapot thimble thunder timber tulip tunnel turnip velvet violin walnut window winter yellow'
).split(' ')

/** Four words and two digits, easy to read aloud and to type: some 32 bits, for a demonstration on one's own machine. */
export function makeDemoPassword(): string {
  const words = Array.from({ length: 4 }, () => WORDS[randomInt(WORDS.length)])
  return [...words, randomInt(10, 100)].join('-')
}
