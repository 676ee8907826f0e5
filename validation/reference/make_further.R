# Least squares, serial correlation, prediction and nested degrees of freedom on the unbalanced data of make_unbalanced.py.
# Run in this folder: Rscript make_further.R   (writes further.json)
suppressMessages({library(lme4); library(nlme); library(jsonlite)})
invisible(Sys.setlocale("LC_COLLATE", "C")); options(warn = -1)
read <- function(name) read.csv(file.path("data", name), stringsAsFactors = TRUE)
num <- function(x) as.list(x)
out <- list()

school <- read("school.csv")
out$lm <- lapply(c("y ~ f / x + s", "y ~ 0 + f + offset(w)", "y ~ x * f + offset(w / 2)", "log(yp) ~ I(x^2) + f:s"), function(f) {
  .fo <<- as.formula(f); fit <- lm(.fo, school); s <- summary(fit)
  list(formula = f, coef = num(coef(fit)[!is.na(coef(fit))]), se = num(s$coefficients[, 2]), r_squared = s$r.squared,
       adjusted = s$adj.r.squared, fstatistic = unname(s$fstatistic), loglik = as.numeric(logLik(fit))) })

# complete rows beforehand: nlme drops no rows of groups that it is given beside the formula
holes <- na.omit(read("holes.csv")[, c("y", "x", "f", "w", "cid", "sid")])
serial <- function(fit, formula, group, method) list(
  formula = formula, group = group, REML = method == "REML", nobs = nrow(holes), loglik = as.numeric(logLik(fit)), sigma = fit$sigma,
  phi = unname(coef(fit$modelStruct$corStruct, unconstrained = FALSE)), coef = num(if (inherits(fit, "gls")) coef(fit) else fixef(fit)))
out$gls <- list(); out$lme <- list()
for (method in c("REML", "ML")) {
  fit <- gls(y ~ x + f, holes, correlation = corAR1(form = ~ 1 | cid), method = method, control = glsControl(tolerance = 1e-10, msTol = 1e-12))
  out$gls[[method]] <- serial(fit, "y ~ x + f", "cid", method)
  fit <- lme(y ~ x * w, holes, random = ~ 1 | sid, correlation = corAR1(form = ~ 1 | sid), method = method,
             control = lmeControl(tolerance = 1e-10, msTol = 1e-12, opt = "optim", maxIter = 200, msMaxIter = 500))
  out$lme[[method]] <- serial(fit, "y ~ x * w + (1 | sid)", "sid", method) }

nested <- lme(y ~ x + f, random = ~ 1 | region/school/cls, data = school,
              control = lmeControl(tolerance = 1e-12, msTol = 1e-14, opt = "optim", maxIter = 500, msMaxIter = 2000))
a <- as.data.frame(anova(nested, type = "marginal"))[-1, ]
out$nested <- list(formula = "y ~ x + f + (1 | region/school/cls)", df = num(nested$fixDF$X),
                   anova = lapply(setNames(rownames(a), rownames(a)), function(r) list(F = a[r, "F-value"], numdf = a[r, "numDF"], dendf = a[r, "denDF"])))

# without an intercept
for (f in c("y ~ 0 + f + x", "y ~ 0 + s + w")) {
  fit <- do.call(lme, list(as.formula(f), random = ~ 1 | region/school/cls, data = school,
                           control = lmeControl(tolerance = 1e-12, msTol = 1e-14, opt = "optim", maxIter = 500, msMaxIter = 2000)))
  a <- as.data.frame(anova(fit, type = "marginal"))
  out$without_intercept[[length(out$without_intercept) + 1]] <- list(formula = paste(f, "+ (1 | region/school/cls)"), df = num(fit$fixDF$X),
    anova = lapply(setNames(rownames(a), rownames(a)), function(r) list(F = a[r, "F-value"], numdf = a[r, "numDF"], dendf = a[r, "denDF"]))) }

# profile intervals of a fit whose outer variance is zero: it is not where the inner one is held low
fit <- lmer(y ~ w + (1 | region/school), read("holes.csv"), REML = FALSE,
            control = lmerControl(optimizer = "bobyqa", calc.derivs = FALSE, optCtrl = list(rhoend = 1e-9, maxfun = 1e5)))
ci <- confint(fit, method = "profile", oldNames = FALSE, delta.cutoff = 1 / 64)
out$profile <- list(formula = "y ~ w + (1 | region/school)", intervals = lapply(setNames(rownames(ci), rownames(ci)), function(r) unname(ci[r, ])))

# the same of counts: three in each of twelve schools, three schools in each region
counts <- data.frame(y = c(8, 15, 12, 19, 17, 19, 2, 1, 1, 3, 1, 0, 3, 4, 2, 5, 5, 8, 2, 3, 6, 11, 9, 9, 2, 7, 2, 2, 2, 1, 7, 5, 4, 1, 5, 2),
                     region = rep(1:4, each = 9), school = rep(1:12, each = 3))
fit <- glmer(y ~ 1 + (1 | region/school), counts, poisson, control = glmerControl(optimizer = "bobyqa", tolPwrss = 1e-11, optCtrl = list(rhoend = 1e-8)))
ci <- confint(fit, method = "profile", oldNames = FALSE, delta.cutoff = 1 / 64)
out$profile_of_counts <- list(formula = "y ~ 1 + (1 | region/school)", counts = as.list(counts), intervals = lapply(setNames(rownames(ci), rownames(ci)), function(r) unname(ci[r, ])))

met <- read("met_at_random.csv")
fit <- lmer(y ~ x * t + (x | a) + (1 | b), met, control = lmerControl(optimizer = "bobyqa", calc.derivs = FALSE, optCtrl = list(rhoend = 1e-9, maxfun = 1e5)))
new <- data.frame(x = c(0, 1, -1, 2), t = c("p", "q", "q", "p"), a = c("a1", "a2", "unknown", "a3"), b = c("b1", "unknown", "b3", "b4"))
modes <- ranef(fit, condVar = TRUE)
out$predict <- list(formula = "y ~ x * t + (x | a) + (1 | b)", new = as.list(new), conditional = unname(predict(fit, new, allow.new.levels = TRUE)),
                    marginal = unname(predict(fit, new, re.form = NA)), level = rownames(modes$a)[3],
                    condcov = matrix(attr(modes$a, "postVar")[, , 3], 2))
write(toJSON(out, auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE), "further.json")
