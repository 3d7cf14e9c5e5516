import { ensureDependencies, runScript } from './dependencies.mjs'

const help = `npm run up                    install, set up the database, build, serve http://localhost:3000
npm run up -- --port 4000     on another port
npm run up -- --host 0.0.0.0  reachable from other machines (default 127.0.0.1)
npm run up -- --reset         first drop the data of the built-in database
npm run up -- --reset --yes   without asking
npm run dev                   the same with the development server (npm run up -- --dev)`

function parse(args) {
  const options = { port: 3000, host: '127.0.0.1', reset: false, yes: false, dev: false }
  for (let at = 0; at < args.length; at += 1) {
    const [name, attached] = args[at].split('=', 2)
    const value = () => attached ?? args[(at += 1)]
    if (name === '--port') options.port = Number(value())
    else if (name === '--host') options.host = value() ?? ''
    else if (['--reset', '--yes', '--dev'].includes(args[at])) options[name.slice(2)] = true
    else if (['--help', '-h'].includes(name)) return undefined
    else throw new Error(`There is no option ${args[at]}.`)
  }
  if (!Number.isInteger(options.port) || options.port < 1 || options.port > 65535) throw new Error('--port takes a number from 1 to 65535.')
  if (!options.host) throw new Error('--host takes an address.')
  return options
}

try {
  const options = parse(process.argv.slice(2))
  if (!options) {
    console.log(help)
  } else {
    await ensureDependencies()
    runScript('up.ts', [JSON.stringify(options)])
  }
} catch (error) {
  console.error(`${error.message}\n\n${help}`)
  process.exit(1)
}
