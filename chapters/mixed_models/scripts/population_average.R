library(geepack)

trial <- read.csv("clinics.csv")  # clinics stand together
trial$arm <- relevel(factor(trial$arm), ref = "usual")
trial$clinic <- factor(trial$clinic)
trial$decade <- (trial$age - 60) / 10
fit <- geeglm(recovered ~ arm + decade, id = clinic,
              data = trial, family = binomial,
              corstr = "exchangeable")
coef(summary(fit))

# Twenty clinics are few: leave out each in turn, and
# use t with 20 - 2 degrees of freedom
without <- sapply(levels(trial$clinic), function(one)
  coef(update(fit, data = trial[trial$clinic != one, ])))
spread <- rowSums((without - rowMeans(without))^2)
se <- sqrt(19 / 20 * spread)
p <- 2 * pt(-abs(coef(fit) / se), df = 18)
round(cbind(estimate = coef(fit), se, p), 4)
