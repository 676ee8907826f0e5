# The decision tree's formulas that need no sampling, as they stand there, on made-up data
library(lme4)
library(nlme)
library(geepack)
library(glmmTMB)

set.seed(13)
units <- 60
unit <- gl(units, 6)
group <- gl(3, 2, units * 6)
time <- rep(0:5, units)
x <- rnorm(units * 6)
line <- 0.5 * x + rnorm(units)[unit]
cluster <- unit

y <- line + rnorm(units * 6)
coef(
  lm(y ~ x)  # or glm(y ~ x, family = binomial)
)
coef(
  lm(y ~ x + group)  # or glm, as above
)
fixef(
  lme(y ~ x + time, random = ~ 1 | unit,
      correlation = corAR1(form = ~ time | unit))
)
fixef(
  lmer(y ~ x + (1 | unit))  # lme4 + lmerTest, pbkrtest
)
coef(
  geeglm(y ~ x, id = cluster,
         corstr = "exchangeable")  # or "ar1" along time
)
fixef(
  lmer(y ~ x + (1 | cluster))
)

y <- rbinom(units * 6, 1, plogis(line))
coef(
  glm(y ~ x, family = binomial)
)
fixef(
  glmer(y ~ x + (1 | unit), family = binomial)
)
coef(
  geeglm(y ~ x, id = cluster, family = binomial,
         corstr = "exchangeable")  # or "ar1" along time
)

fades <- as.vector(replicate(units, arima.sim(list(ar = 0.7), 6)))
y <- rnbinom(units * 6, size = 3, mu = exp(1 + line + 0.5 * fades))
fixef(
  glmmTMB(y ~ x + (1 | unit), family = nbinom2)  # counts
)
fixef(
  glmmTMB(y ~ x + ar1(0 + factor(time) | unit),
          family = nbinom2)
)
