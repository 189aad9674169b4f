import { addDays, format } from 'date-fns';

console.log(format(addDays(new Date(2024, 1, 28), 2), 'yyyy-MM-dd EEEE'));
