# The scenarios' formulas, as they stand there, on the data that go with them
library(lme4)

data <- lapply(c(patients = "patients.csv", clinics = "clinics.csv",
                 electrodes = "electrodes.csv", centres = "centres.csv"), read.csv)

fixef(lmer(data = data$patients, formula =
  hba1c ~ time + treat + time:treat +
    (1 + time | patient)
))
fixef(lmer(data = data$clinics, formula =
  score ~ arm + age + (1 | clinic)
))
data$clinics$age <- scale(data$clinics$age)
fixef(glmer(data = data$clinics, family = binomial, formula =
  recovered ~ arm + age + (1 | clinic)
))
fixef(lmer(data = data$electrodes, formula =
  rate ~ stim + (1 + stim | rat) +
    (1 | rat:channel) + (1 | rat:channel:unit)
))
fixef(lmer(data = data$centres, formula =
  expression ~ disease + age + sex +
    (1 | center) + (1 | batch)
))
