# More marginal models, and corrections of their covariance for few clusters.
# Run in this folder: Rscript make_marginal.R   (writes marginal.json; some seconds)
# geepack 1.3-9 has the fits. clubSandwich 0.5.8 has the corrections of a Gaussian fit given its working correlation:
# its CR3 is Mancl and DeRouen's, its CR2 Kauermann and Carroll's under independence (else it takes another square root).
suppressMessages({library(geepack); library(nlme); library(clubSandwich); library(jsonlite)})
options(contrasts = c("contr.treatment", "contr.poly"), warn = -1)
Sys.setlocale("LC_COLLATE", "C")
# a long cluster and four short ones, where the search for ar1 goes to and fro between two correlations
set.seed(9); d <- data.frame(g = rep(1:5, c(30, 3, 2, 4, 1))); n <- nrow(d); d$x <- round(rnorm(n), 3); d$f <- sample(c("a", "b", "c"), n, TRUE)
d$s <- rbinom(n, 6, plogis(2 * rnorm(5)[d$g] + d$x)); d$m <- 6 - d$s
write.csv(d, file.path("data", "one_long.csv"), row.names = FALSE, quote = FALSE)
models <- list(
  list("cbpp.csv", "herd", c("herd", "period"), "binomial", "cbind(incidence, size - incidence) ~ period"),
  list("mice_balanced.csv", "mouse", c("mouse", "treatment"), "binomial", "responsive ~ treatment"),
  list("mice_balanced.csv", "mouse", c("mouse", "treatment"), "poisson", "spikes ~ treatment + depth"),
  list("epil.csv", "subject", c("subject", "trt"), "poisson", "y ~ trt + offset(log(base))"),
  list("sleepstudy.csv", "Subject", "Subject", "gaussian", "Reaction ~ Days + I(Days^2)"),
  list("ovary.csv", "Mare", "Mare", "gaussian", "follicles ~ sin_t + cos_t"),
  list("penicillin.csv", "sample", c("sample", "plate"), "gaussian", "diameter ~ 1"),
  list("orthodont.csv", "Subject", c("Subject", "Sex"), "gaussian", "distance ~ 0 + Sex + Sex:age"),
  list("one_long.csv", "g", c("g", "f"), "binomial", "cbind(s, m) ~ x * f"))
structures <- c("independence", "exchangeable", "ar1")
control <- geese.control(epsilon = 1e-13, maxit = 500)
corrected <- function(m, corstr) {
  correlation <- switch(corstr, independence = NULL,
    exchangeable = corCompSymm(m$geese$alpha, form = ~ 1 | .g, fixed = TRUE),
    ar1 = corAR1(m$geese$alpha, form = ~ 1 | .g, fixed = TRUE))
  fit <- if (is.null(correlation)) lm(.f, .d) else gls(.f, .d, correlation = correlation)
  covariance <- function(type) unname(as.matrix(vcovCR(fit, cluster = .d$.g, type = type)))
  c(list(md = covariance("CR3")), if (corstr == "independence") list(kc = covariance("CR2")))
}
out <- list()
for (one in models) for (corstr in structures) {
  d <- read.csv(file.path("data", one[[1]])); for (f in one[[3]]) d[[f]] <- factor(d[[f]])
  d <- d[order(d[[one[[2]]]]), ]; d$.g <- d[[one[[2]]]]; .f <<- as.formula(one[[5]]); .d <<- d
  m <- geeglm(.f, id = .g, data = .d, family = one[[4]], corstr = corstr, control = control)
  case <- list(data = one[[1]], group = one[[2]], factors = I(one[[3]]), family = one[[4]], formula = one[[5]], corstr = corstr,
               coef = as.list(coef(m)), vcov_robust = unname(m$geese$vbeta), vcov_naive = unname(m$geese$vbeta.naiv),
               alpha = if (length(m$geese$alpha)) unname(m$geese$alpha) else NULL, scale = unname(m$geese$gamma))
  if (one[[4]] == "gaussian") case <- c(case, corrected(m, corstr))
  out[[length(out) + 1]] <- case
}
write(toJSON(out, auto_unbox = TRUE, digits = NA, null = "null", pretty = TRUE), "marginal.json")
