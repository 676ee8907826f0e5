# Ordered factors, and type III tests under other contrasts than treatment's.
# Run in this folder: Rscript make_contrasts.R   (writes contrasts.json)
suppressMessages({library(lme4); library(lmerTest); library(jsonlite)})
invisible(Sys.setlocale("LC_COLLATE", "C")); options(warn = -1)
s <- read.csv("data/school.csv", stringsAsFactors = TRUE)
s$f <- factor(s$f, levels = c("lo", "Mid", "high"), ordered = TRUE)
s$cls <- factor(s$cls); s$s <- factor(s$s)
control <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE, optCtrl = list(rhoend = 1e-10, maxfun = 1e5))
one <- function(f, contrasts) {
  m <- do.call(lmerTest::lmer, list(as.formula(f), s, control = control, contrasts = contrasts)); a <- anova(m, type = 3)
  list(formula = f, contrasts = contrasts, loglik = as.numeric(logLik(m)), fixef = as.list(fixef(m)), se = as.list(setNames(summary(m)$coefficients[, 2], names(fixef(m)))),
       theta = unname(getME(m, "theta")), sumsq = as.list(setNames(a[, "Sum Sq"], rownames(a))), F = as.list(setNames(a[, "F value"], rownames(a))), dendf = as.list(setNames(a[, "DenDF"], rownames(a)))) }
out <- list(
  one("y ~ f * s + x + (1 | sid)", NULL),
  one("y ~ f * x + (1 | sid)", NULL),
  one("y ~ f * cls + (1 | sid)", list(f = "contr.sum", cls = "contr.sum")),
  one("y ~ cls * s + f + (1 | sid)", list(f = "contr.treatment", cls = "contr.helmert", s = "contr.sum")),
  one("y ~ f + s + (f | region)", NULL))
five <- data.frame(y = c(3.1, 2.7, 4.4, 5.0, 4.9, 5.3, 7.2, 6.1, 6.6, 7.9), dose = factor(rep(c("a", "b", "c", "d", "e"), each = 2), ordered = TRUE))
out <- list(mixed = out, five = list(data = as.list(five), coef = as.list(coef(lm(y ~ dose, five)))))
write(toJSON(out, auto_unbox = TRUE, digits = NA, null = "null"), "contrasts.json")
