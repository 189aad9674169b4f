/** A line of the doctor's table. */
export type DoctorLine = { level: 'ok' | 'warning' | 'problem'; title: string; text: string };

export function toRow({ level, title, text }: DoctorLine): string {
  return `${level.padEnd(9)}${title.padEnd(14)}${text}`;
}
