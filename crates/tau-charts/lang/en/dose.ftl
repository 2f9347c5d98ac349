# Dose curves: what moving a trait's slider does in each voice, measured over asked.
#
# $name: a voice or a trait by its name. $measured: "level 1.8" or "+0.40"; $range: "1.5 to 2.1".

dose-nothing = { $name }: nothing was measured yet.
# The one sentence where there are several curves; $rising of $all rise at each step.
dose-all-rise = { $name }: in all { $all } curves more asked was more shown at each step.
dose-some-rise = { $name }: in { $rising } of { $all } curves more asked was more shown at each step.
dose-none-rises = { $name }: in none of { $all } curves did each step show more than the one before.

# A curve in words, behind its name.
dose-voice = { $name }: { $sentence }
dose-voice-nothing = nothing was measured.
dose-levels-rise = from level { $first } at { $from } to level { $last } at { $to }; more asked was more shown at each step.
dose-levels-mixed = from level { $first } at { $from } to level { $last } at { $to }; not each step showed more than the one before.
dose-contrasts-rise = from { $first } at { $from } to { $last } at { $to }; more asked was more shown at each step.
dose-contrasts-mixed = from { $first } at { $from } to { $last } at { $to }; not each step showed more than the one before.
dose-point = { $name }, { $level }: measured { $measured } (95 % CI { $range }).
dose-point-alone = { $name }, { $level }: measured { $measured }.

# In the picture.
dose-level-measured = Level measured
dose-contrast-measured = Contrast measured, in nats a token
dose-level-asked = Level asked for
dose-caption-intervals = Lines through marks: 95 % confidence interval.
dose-caption-identity = Grey line: just what was asked for.

# Columns of the table.
dose-column-voice = Voice
dose-column-level = Level asked (0 to 4)
dose-column-measured = Measured
dose-column-low = Measured, 95 % CI from
dose-column-high = Measured, 95 % CI to
dose-column-unit = Measured in
dose-unit-level = levels (0 to 4)
dose-unit-contrast = nats a token
