{% if flag?(:word) %}
  puts "flagged"
{% else %}
  puts "plain"
{% end %}
