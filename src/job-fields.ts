// The parts that a job is made of as callers write it: texts, words, paths, files, labels.
import { z } from 'zod';
import { ATTRIBUTE_BYTES, toLabelValues } from './temporal-names.js';

/** As many as the supervisor takes. */
export const MAX_WORDS = 256;
/** As long as one of the supervisor's frames. */
const MAX_WORD_BYTES = 65_536;

export const text = z.string().refine((value) => value.isWellFormed(), 'must be valid Unicode');

/** What goes to a program as a C string. */
export const word = text
  .regex(/^[^\0]*$/, 'must not contain NUL')
  .refine(
    (value) => Buffer.byteLength(value) <= MAX_WORD_BYTES,
    `must have at most ${MAX_WORD_BYTES} bytes of UTF-8`,
  );

/** So that the folders of all files fit into the job's file system. */
const MAX_PATH_PARTS = 16;
const MAX_PATH_BYTES = 255;

export const filePath = word
  .refine((path) => Buffer.byteLength(path) <= MAX_PATH_BYTES, `must have at most ${MAX_PATH_BYTES} bytes`)
  .refine(
    (path) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'must be relative, without empty parts, . and ..',
  )
  .refine((path) => path.split('/').length <= MAX_PATH_PARTS, `must be at most ${MAX_PATH_PARTS} deep`);

export const fileSchema = z
  .strictObject({
    path: filePath.meta({ description: "relative to the job's folder", examples: ['lib/util.py'] }),
    content: text,
    encoding: z.enum(['utf8', 'base64']).optional().describe('of content; utf8 unless said'),
  })
  .refine(({ content, encoding }) => encoding !== 'base64' || z.base64().safeParse(content).success, {
    path: ['content'],
    error: 'must be base64',
  })
  .meta({ id: 'File' });

/** A file beside a program's source. */
export type JobFile = z.infer<typeof fileSchema>;

const MAX_FLAG_BYTES = 255;

export const flag = word.refine(
  (value) => Buffer.byteLength(value) <= MAX_FLAG_BYTES,
  `must have at most ${MAX_FLAG_BYTES} bytes`,
);

export const MAX_LABELS = 16;
const MAX_LABEL_BYTES = 255;

const labelName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, 'must be a name of at most 63 letters, digits, _, . and -');
const labelValue = text.refine(
  (value) => Buffer.byteLength(value) <= MAX_LABEL_BYTES,
  `must have at most ${MAX_LABEL_BYTES} bytes`,
);

/** One of a job's labels, as a list of jobs is asked for it. */
export const labelSchema = z.tuple([labelName, labelValue]);

export const labelsSchema = z
  .record(labelName, labelValue)
  .refine((labels) => Object.keys(labels).length <= MAX_LABELS, `must have at most ${MAX_LABELS} names`)
  .refine(
    (labels) => Buffer.byteLength(JSON.stringify(toLabelValues(labels))) <= ATTRIBUTE_BYTES,
    `must have at most ${ATTRIBUTE_BYTES} bytes together, percent-encoded`,
  );

/** What a caller has written on a job: text by name. */
export type Labels = z.infer<typeof labelsSchema>;
