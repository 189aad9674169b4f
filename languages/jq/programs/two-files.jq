include "helper" { search: "./" };

21 | twice
