library(brms)

mice <- read.csv("mice.csv")
few <- subset(mice, mouse <= "M04")
fit <- brm(expr ~ treat + time + (1 | mouse), data = few,
           prior = prior(normal(0, 1), class = sd),
           seed = 13, refresh = 0)
shown <- c("b_treatdrug", "b_time", "sd_mouse__Intercept")
round(posterior_summary(fit, variable = shown), 1)
