console.log(require('dayjs')('2024-02-10').daysInMonth());
