# The decision tree's formulas that are sampled, as they stand there, on made-up data
library(brms)

set.seed(13)
units <- 60
unit <- gl(units, 6)
x <- rnorm(units * 6)
line <- 0.5 * x + rnorm(units)[unit]

brm <- function(...) {
  data <- data.frame(y, x, unit)
  brms::brm(..., data = data, chains = 2, seed = 13, refresh = 0)
}

y <- line + rnorm(units * 6)
round(fixef(
  brm(y ~ x + (1 | unit),
      prior = prior(normal(0, 1), class = sd))
), 1)

y <- rbinom(units * 6, 1, plogis(line))
round(fixef(
  brm(y ~ x + (1 | unit), family = bernoulli(),
      prior = prior(normal(0, 1), class = sd))
), 1)
