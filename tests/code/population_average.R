library(geepack)

trial <- read.csv("clinics.csv")  # rows of a clinic stand together
trial$arm <- relevel(factor(trial$arm), ref = "usual")
trial$clinic <- factor(trial$clinic)
trial$decade <- (trial$age - 60) / 10
fit <- geeglm(recovered ~ arm + decade, id = clinic, data = trial,
              family = binomial, corstr = "exchangeable")
coef(summary(fit))

# Twenty clinics are few: leave out each in turn, and use t with 20 - 2 degrees of freedom
without <- sapply(levels(trial$clinic), function(one)
  coef(update(fit, data = trial[trial$clinic != one, ])))
se <- sqrt(19 / 20 * rowSums((without - rowMeans(without))^2))
round(cbind(estimate = coef(fit), se, p = 2 * pt(-abs(coef(fit) / se), df = 18)), 4)
