const page = require('cheerio').load('<ul><li>one</li><li>two</li></ul>');
console.log(page('li').map((_, item) => page(item).text()).get().join());
