println evaluate(new File("helper.groovy")).call(21)
