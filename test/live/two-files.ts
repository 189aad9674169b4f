// Programs of two files, by language: the first asks the second for twice 21.

/** What such a program prints. */
export const TWO_FILES_PRINT = '42\n';

const javascript = {
  code: 'console.log(require("./helper").twice(21));',
  files: { 'helper.js': 'exports.twice = (x) => 2 * x;' },
};
const python = {
  code: 'from helper import twice\nprint(twice(21))',
  files: { 'helper.py': 'def twice(x):\n    return 2 * x\n' },
};

export const TWO_FILES: Record<string, { code: string; files: Record<string, string> }> = {
  javascript,
  'javascript-libraries': javascript,
  python,
  'python-libraries': python,
  pypy: python,
  clojure: {
    code: '(load-file "helper.clj") (println (twice 21))',
    files: { 'helper.clj': '(defn twice [x] (* 2 x))' },
  },
  commonlisp: {
    code: '(load "helper.lisp") (format t "~a~%" (twice 21))',
    files: { 'helper.lisp': '(defun twice (x) (* 2 x))' },
  },
  groovy: {
    code: 'println evaluate(new File("helper.groovy")).call(21)',
    files: { 'helper.groovy': '{ x -> 2 * x }' },
  },
  java: {
    code: 'public class Main { public static void main(String[] args) { System.out.println(Helper.twice(21)); } }',
    files: { 'Helper.java': 'class Helper { static int twice(int x) { return 2 * x; } }' },
  },
  octave: {
    code: 'disp(helper(21))',
    files: { 'helper.m': 'function y = helper(x)\n  y = 2 * x;\nend\n' },
  },
  php: {
    code: '<?php require "helper.php"; echo twice(21), "\\n";',
    files: { 'helper.php': '<?php function twice($x) { return 2 * $x; }' },
  },
  prolog: {
    code: ':- use_module(helper).\n:- initialization(main, main).\nmain :- twice(21, Y), print(Y), nl.',
    files: { 'helper.pl': ':- module(helper, [twice/2]).\ntwice(X, Y) :- Y is 2 * X.' },
  },
  racket: {
    code: '#lang racket/base\n(require "helper.rkt")\n(displayln (twice 21))',
    files: { 'helper.rkt': '#lang racket/base\n(provide twice)\n(define (twice x) (* 2 x))' },
  },
  ruby: {
    code: 'require_relative "helper"\nputs twice(21)',
    files: { 'helper.rb': 'def twice(x) = 2 * x' },
  },
  scheme: {
    code: '(load "helper.scm") (display (twice 21)) (newline)',
    files: { 'helper.scm': '(define (twice x) (* 2 x))' },
  },
};
