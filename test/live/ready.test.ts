// A program that takes the place of a process that has waited for it is the same as one that was started when it came.
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { loadLanguages } from '../../src/languages.js';
import { LANGUAGES } from './global-setup.js';
import { testStarts } from './starts.js';

/** What others there are is run by `npm run test:languages`. */
const languages = loadLanguages(`${PROJECT_ROOT}/languages`).filter(
  ({ id, ready }) => ready !== undefined && LANGUAGES.split(',').includes(id),
);

const inMain = (code: string) =>
  `public class Main { public static void main(String[] args) throws Exception { ${code}; } }`;

/** Programs by language: each looks at what could tell how it was started, or ends in its own way. */
const PROGRAMS: Record<string, Record<string, string>> = {
  python: {
    'name, arguments and main module':
      'import sys; print(__name__, __file__, __spec__, __builtins__, sys.argv, sys.orig_argv, sys._xoptions, sys.flags, sys.path, sys.executable)',
    'modules and globals':
      'import sys; print(sorted(sys.modules), sorted(globals()), dir(sys.modules["sitecustomize"]))',
    environment:
      'import os, sys; print(dict(os.environ), os.getcwd(), os.getpid() > 1, os.getpgrp() == os.getpid(), sys.version)',
    descriptors: 'import os; print(len(os.listdir("/proc/self/fd")))',
    'standard input': 'import sys; print(repr(sys.stdin.read()), sys.stdin.isatty(), sys.stdin.encoding)',
    'an uncaught error': 'def deep():\n  raise ValueError("no")\ndeep()',
    'a syntax error': 'def (',
    'an exit code': 'import atexit, sys; atexit.register(print, "leaving"); sys.exit(7)',
    'a signal': 'import os, signal, time; os.kill(os.getpid(), signal.SIGTERM); time.sleep(5)',
    'an interrupt': 'import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(5)',
    'handlers of signals':
      'import os, signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: (print("heard"), sys.exit(3))); os.kill(os.getpid(), signal.SIGTERM); time.sleep(5)',
    'both streams': 'import sys; print("out"); print("err", file=sys.stderr)',
    encoding:
      'import sys, locale; print("grüße 🎓", sys.stdout.encoding, sys.getfilesystemencoding(), locale.getpreferredencoding())',
    'too much memory': 'all = []\nwhile True: all.append(bytearray(1_000_000))',
    'child processes':
      'import subprocess, sys; print(subprocess.run([sys.executable, "-c", "import sys; print(sys.orig_argv)"], capture_output=True, text=True))',
    'processes of multiprocessing':
      'import multiprocessing as m\nif __name__ == "__main__":\n  m.set_start_method("spawn")\n  p = m.Process(target=print, args=("from a child",)); p.start(); p.join(); print(p.exitcode)',
    'a descriptor of its own': 'f = open(__file__); print(f.fileno(), f.read(5))',
  },
  java: {
    properties: inMain('System.out.println(new java.util.TreeMap<>(System.getProperties()))'),
    environment: inMain(
      'System.out.println(new java.util.TreeMap<>(System.getenv()) + System.getProperty("user.dir") + (ProcessHandle.current().pid() > 1) + java.util.Arrays.toString(args))',
    ),
    'class loaders and modules': inMain(
      'System.out.println(Thread.currentThread().getContextClassLoader().getClass() + " " + Main.class.getClassLoader().getParent().getClass() + Main.class.getModule().isNamed() + ModuleLayer.boot().modules().stream().map(Module::getName).sorted().toList())',
    ),
    threads: inMain(
      'System.out.println(Thread.getAllStackTraces().keySet().stream().map(t -> t.getName() + t.isDaemon() + t.getPriority()).sorted().toList() + " " + Thread.currentThread())',
    ),
    'class path and resources': inMain(
      'System.out.println(ClassLoader.getSystemResource("Main.java") + " " + Main.class.getResource("Main.java"))',
    ),
    descriptors: inMain('System.out.println(new java.io.File("/proc/self/fd").list().length)'),
    'standard input': inMain(
      'System.out.println(new String(System.in.readAllBytes()) + System.in.read() + System.console())',
    ),
    'an uncaught error': inMain('deep(); } static void deep() { throw new IllegalStateException("no");'),
    'a trace of its own': inMain('new Throwable("told").printStackTrace(); Thread.dumpStack()'),
    'a stack that is too deep': inMain(
      'Runnable[] deep = new Runnable[1]; deep[0] = () -> deep[0].run(); try { deep[0].run(); } catch (StackOverflowError e) { System.out.println("deep"); System.exit(4); }',
    ),
    'a compile error': inMain('int x = "no"'),
    'a warning of the compiler': inMain(
      'java.util.List list = new java.util.ArrayList(); list.add(1); System.out.println(list)',
    ),
    'no class': '// nothing',
    'no main': 'class Main { void drill() {} }',
    'an instance main': 'void main() { IO.println("compact"); }',
    'classes of a name like ours':
      'public class Warm { record Point(int a) {} public static void main(String[] args) { System.out.println(new Point(1)); } }',
    'an exit code': inMain(
      'Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("leaving"))); System.exit(7)',
    ),
    'an end without hooks': inMain(
      'Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("never"))); Runtime.getRuntime().halt(3)',
    ),
    'both streams': inMain('System.out.println("out"); System.err.println("err")'),
    encoding: inMain(
      'System.out.println("grüße 🎓" + java.nio.charset.Charset.defaultCharset() + java.util.Locale.getDefault() + java.util.TimeZone.getDefault().getID())',
    ),
    'too much memory': inMain(
      'var all = new java.util.ArrayList<byte[]>(); for (;;) all.add(new byte[1 << 20])',
    ),
    'limits of the machine': inMain(
      'System.out.println(Runtime.getRuntime().availableProcessors() + " " + Runtime.getRuntime().maxMemory())',
    ),
    'code of internal packages': inMain('System.out.println(sun.misc.Unsafe.class)'),
  },
  ruby: {
    'name, arguments and main object':
      'p __FILE__, $0, $PROGRAM_NAME, __dir__, ARGV, ARGF.filename, self, __method__, binding.local_variables, $DEBUG, $VERBOSE, $-w, __ENCODING__',
    'loaded features and constants':
      'p $LOADED_FEATURES, $LOAD_PATH, Object.constants.sort, global_variables.sort, Gem.loaded_specs.keys, $".size',
    environment:
      'p ENV.to_h, Dir.pwd, Process.pid > 1, Process.getpgrp == Process.pid, RUBY_DESCRIPTION, Dir.children(".")',
    descriptors:
      'p Dir.children("/proc/self/fd").sort, ObjectSpace.each_object(IO).reject(&:closed?).map(&:inspect).sort',
    'a descriptor of its own': 'File.open(__FILE__) { |file| p file.fileno, file.read(5) }',
    'standard input': 'p $stdin.read, $stdin.tty?, $stdin.external_encoding, gets',
    'an uncaught error': 'def deep = raise(ArgumentError, "no")\ndeep',
    'a name that is not there': 'puts nam = 1, name2',
    'a syntax error': 'def (',
    traces: 'p caller, caller_locations(0).map(&:to_s), Thread.current.backtrace',
    'data behind its end':
      '# encoding: utf-8\np DATA.read, DATA.pos, DATA.path, DATA.lineno, DATA.fileno\n__END__\nbehind\nthe end',
    'an end without data': 'puts "short"\n__END__',
    'options in its first line':
      '#!/usr/bin/env ruby -W:no-experimental -s -l\nputs __FILE__, $0, $-l.inspect, __LINE__',
    'a first line that is a comment': '#no options\nputs __LINE__',
    'a magic comment': '# frozen_string_literal: true\n"text" << "more"',
    'another encoding': '# encoding: iso-8859-1\np __ENCODING__, "ü".bytes',
    'a mark of its byte order': '\ufeffputs __LINE__',
    'a file of its own':
      'File.write("other.rb", "p __FILE__, __dir__"); require_relative "other"; load "./other.rb"; p __FILE__ == $0',
    'a long program': `${'# filler, more than a buffer of it\n'.repeat(2000)}puts __LINE__`,
    'an exit code': 'at_exit { puts "leaving" }\nexit 7',
    'a signal': 'Process.kill(:TERM, Process.pid); sleep 5',
    'an interrupt': 'Process.kill(:INT, Process.pid); sleep 5',
    'handlers of signals': 'trap(:TERM) { puts "heard"; exit 3 }; Process.kill(:TERM, Process.pid); sleep 5',
    'both streams': 'puts "out"; warn "err"; $stdout.sync.then { p _1 }; p $stderr.sync',
    encoding:
      'puts "grüße 🎓"; p Encoding.default_external, Encoding.default_internal, $stdout.external_encoding',
    'too much memory': 'all = []; loop { all << "x" * 1_000_000 }',
    threads:
      'p Thread.list.size, File.read("/proc/self/status")[/^Threads.*/]; Thread.new { print "in a thread" }.join',
    'child processes':
      'puts `echo from a child`; p $?.exitstatus; pid = fork { exit 4 }; p Process.wait2(pid).last.exitstatus',
    libraries:
      'require "set"; require "json"; require "bigdecimal" rescue p $!; puts JSON.generate(Set[1, 2].to_a)',
    'a stack that is too deep':
      'def deep(n) = deep(n + 1)\nbegin deep(0) rescue SystemStackError => e; puts e.message end',
  },
  php: {
    'name, arguments and files':
      '<?php var_dump(__FILE__, __DIR__, __LINE__, $argc, $argv, $_SERVER["argv"], $_SERVER["PHP_SELF"], $_SERVER["SCRIPT_FILENAME"], $_SERVER["PATH_TRANSLATED"], get_included_files(), PHP_BINARY, PHP_SAPI, cli_get_process_title());',
    'settings and extensions':
      '<?php var_dump(ini_get_all(), get_loaded_extensions(), php_ini_loaded_file(), php_ini_scanned_files(), get_include_path());',
    'names that are there':
      '<?php var_dump(array_keys(get_defined_constants()), get_defined_functions(), get_declared_classes(), stream_get_wrappers(), array_keys($GLOBALS));',
    environment:
      '<?php ksort($_SERVER); var_dump(getenv(), $_ENV, array_keys($_SERVER), getcwd(), getmypid() > 1, posix_getpgrp() === getmypid(), posix_getsid(0) === getmypid(), scandir("."));',
    'what /proc tells':
      '<?php var_dump(rtrim(file_get_contents("/proc/self/environ"), "\\0"), file_get_contents("/proc/self/cmdline"), readlink("/proc/self/exe"), file("/proc/self/status")[0]);',
    descriptors:
      '<?php foreach (scandir("/proc/self/fd") as $fd) var_dump($fd, @readlink("/proc/self/fd/$fd") > "");',
    'a descriptor of its own':
      '<?php $file = fopen(__FILE__, "r"); var_dump(get_resource_id($file), fread($file, 5)); echo implode(" ", scandir("/proc/self/fd"));',
    'standard input':
      '<?php var_dump(stream_get_contents(STDIN), feof(STDIN), stream_isatty(STDIN), file_get_contents("php://stdin"), readline());',
    'an uncaught error': '<?php function deep() { throw new LogicException("no"); }\ndeep();',
    'a warning and a notice': '<?php echo $none; echo [][3]; echo 1 <=> "a", intdiv(1, 0);',
    'a syntax error': '<?php function (',
    'text around it': 'before\n<?php echo __LINE__ ?>\nafter',
    'no PHP at all': 'text only\n',
    'a first line for a shell': '#!/usr/bin/env -S php -d precision=3\n<?php echo __LINE__, 1 / 3;',
    'data behind its end':
      '<?php $file = fopen(__FILE__, "r"); fseek($file, __COMPILER_HALT_OFFSET__); echo stream_get_contents($file); __halt_compiler();data',
    'strict types': '<?php declare(strict_types=1); echo strlen(5);',
    'a file of its own':
      '<?php file_put_contents("other.php", "<?php var_dump(__FILE__, get_included_files());"); require "other.php"; var_dump((include "none.php"));',
    'a long program': `<?php\n${'// filler, more than a buffer of it\n'.repeat(2000)}echo __LINE__;`,
    'an exit code': '<?php register_shutdown_function(fn() => print("leaving")); exit(7);',
    'a signal': '<?php posix_kill(getmypid(), 15); sleep(5);',
    'an interrupt': '<?php posix_kill(getmypid(), 2); sleep(5);',
    'handlers of signals':
      '<?php pcntl_async_signals(true); pcntl_signal(15, function () { echo "heard"; exit(3); }); posix_kill(getmypid(), 15); sleep(5);',
    'both streams': '<?php echo "out"; fwrite(STDERR, "err"); error_log("logged"); print "more";',
    encoding:
      '<?php echo "grüße 🎓", strlen("ü"), ini_get("default_charset"), setlocale(LC_ALL, 0), date_default_timezone_get();',
    'too much memory': '<?php for ($all = [];;) $all[] = str_repeat("x", 1_000_000);',
    'memory by its own account': '<?php var_dump(memory_get_usage(true), ini_get("memory_limit"));',
    'the time of its start': '<?php var_dump(microtime(true) - $_SERVER["REQUEST_TIME_FLOAT"] < 1);',
    'child processes':
      '<?php echo shell_exec("echo from a child; env | sort"); $pid = pcntl_fork(); if (!$pid) exit(4); pcntl_waitpid($pid, $status); echo pcntl_wexitstatus($status); system("php -r \'echo getenv(\\"LD_PRELOAD\\") ?: \\"none\\";\'");',
  },
  javascript: {
    'name, arguments and main module':
      'console.log(process.argv, process.execArgv, process.title, __filename, require.main === module, module.parent, module.children, Object.keys(require.cache), process._preload_modules)',
    environment: 'console.log(process.env, process.cwd(), process.pid > 1, process.version)',
    descriptors: 'console.log(require("fs").readdirSync("/proc/self/fd").length)',
    'standard input':
      'process.stdin.on("data", (d) => console.log("data", d)).on("end", () => console.log("end"))',
    'an uncaught error': 'function deep() { throw new Error("no") }\ndeep();',
    'a syntax error': 'const = 3;',
    'an unhandled rejection': 'Promise.reject(new Error("no"))',
    'an exit code': 'process.on("exit", (code) => console.log("exit", code)); process.exitCode = 7',
    'a signal': 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)',
    'handlers of signals':
      'process.on("SIGTERM", () => { console.log("heard"); process.exit(3) }); process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)',
    'ES modules':
      'import fs from "node:fs"; console.log(import.meta.url, typeof require, fs.existsSync(import.meta.filename)); await 0; console.log("after")',
    'both streams':
      'process.stdout.write("out\\n"); process.stderr.write("err\\n"); console.error(new Error("told").stack)',
    encoding: 'console.log("grüße 🎓", Buffer.from("ü").length, process.stdout.isTTY, process.stdin.isTTY)',
    'too much memory': 'const all = []; for (;;) all.push(new Array(1e6).fill(all.length))',
    globals: 'console.log(Object.getOwnPropertyNames(globalThis).sort().join(), module.paths)',
    'child processes': 'console.log(require("child_process").execSync("echo from a child").toString())',
    'a descriptor of its own, with a thread':
      'const fs = require("fs"); const fd = fs.openSync(__filename); const { Worker } = require("worker_threads"); new Worker("1", { eval: true }).on("exit", () => console.log(fd > 2, fs.readSync(fd, Buffer.alloc(5))))',
    workers:
      'const { Worker, isMainThread } = require("worker_threads"); if (isMainThread) new Worker(__filename); else console.log("worker", process.argv, process.execArgv, Object.keys(require.cache))',
  },
};

test('each language that starts programs ahead has programs here', () => {
  expect(languages.map(({ id }) => id).sort()).toEqual(Object.keys(PROGRAMS).sort());
});

testStarts(languages, ({ id }) => Object.entries(PROGRAMS[id] ?? {}));
