# F tests of Kenward and Roger where the denominator degrees of freedom are about two: five mice in three arms.
# Run in this folder: Rscript make_few_groups.R   (writes few_groups.json)
suppressMessages({library(lme4); library(pbkrtest); library(jsonlite)})
control <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE, optCtrl = list(rhoend = 1e-10, maxfun = 1e5))
mice <- function(seed, lost) {
  set.seed(seed)
  d <- data.frame(mouse = rep(1:5, each = 6), arm = rep(c("a", "b", "c", "a", "b"), each = 6))
  d$y <- round(rnorm(5)[d$mouse] + rnorm(30), 2)
  d[sort(sample(30, 30 - lost)), ] }
test <- function(d) {
  d <<- d
  f <- KRmodcomp(lmer(y ~ arm + (1 | mouse), d, control = control), lmer(y ~ 1 + (1 | mouse), d, control = control))$stats
  list(data = as.list(d), F = f$Fstat, dendf = f$ddf, scale = f$F.scaling, p = f$p.value) }
# nothing lost: exactly two, 0/0 in the published expression; then three that are near two, where pbkrtest leaves F unscaled
out <- list(test(mice(1, 0)), test(mice(12, 3)), test(mice(35, 3)), test(mice(59, 3)))
write(toJSON(out, auto_unbox = TRUE, digits = NA), "few_groups.json")
