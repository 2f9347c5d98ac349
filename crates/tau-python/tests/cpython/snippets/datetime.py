"""Dates and times: reading, writing, arithmetic, order and errors."""

EXPRESSIONS = r"""
datetime.strptime("2024-05-15", "%Y-%m-%d"), datetime.strptime("2024-05-15 10:30", "%Y-%m-%d %H:%M"), datetime.strptime("2024-05-15 10:30:45", "%Y-%m-%d %H:%M:%S")
datetime.strptime("2024-05-15T10:30:45", "%Y-%m-%dT%H:%M:%S"), datetime.strptime("05/15/2024", "%m/%d/%Y"), datetime.strptime("15 May 2024", "%d %B %Y")
datetime.strptime("May 5, 2024", "%B %d, %Y"), datetime.strptime("Wednesday", "%A"), datetime.strptime("2024-136", "%Y-%j"), datetime.strptime("10:30 PM", "%I:%M %p")
datetime.strptime("2024-5-5", "%Y-%m-%d"), datetime.strptime("MAY 05 2024", "%B %d %Y"), datetime.strptime("Jan 5 24", "%b %d %y"), datetime.strptime("12:00 AM", "%I:%M %p")
datetime.strptime("10:30:45.5", "%H:%M:%S.%f"), datetime.strptime("100%", "%j%%"), datetime.strptime("2024-05-15", "%Y-%m-%d").date(), datetime.strptime("wed 2024-05-15", "%a %Y-%m-%d")
str(datetime(2024, 5, 15)), str(datetime(2024, 5, 15, 10, 30)), str(datetime(2024, 5, 15, 10, 30, 1, 5)), str(date(2024, 5, 15)), str(datetime(1, 1, 1))
datetime(2024, 5, 15), datetime(2024, 5, 15, 10, 30), datetime(2024, 5, 15, 0, 0, 1), datetime(2024, 5, 15, 0, 0, 0, 7), date(2024, 5, 15), datetime(2024, 5, 15, hour=3)
datetime(2024, 5, 15).isoformat(), datetime(2024, 5, 15, 10, 30, 1).isoformat(), datetime(2024, 5, 15, 1, 2, 3, 4000).isoformat(), date(2024, 5, 15).isoformat(), datetime(2024, 5, 15, 1).isoformat(" ")
datetime(2024, 5, 5, 9, 7, 3).strftime("%Y-%m-%d %H:%M:%S"), datetime(2024, 5, 5).strftime("%A %a %B %b %d %j"), datetime(2024, 5, 5, 15).strftime("%I:%M %p"), date(2024, 12, 31).strftime("%A, %B %d, %Y %j")
datetime(2024, 5, 5).strftime("%y %m/%d %%"), datetime(2024, 1, 1).strftime(""), datetime(2024, 5, 5, 1, 2, 3, 45).strftime("%H%M%S.%f"), datetime(2024, 5, 5).strftime("day é %d"), datetime(2024, 1, 7).strftime("%w %u %U %W")
f"{datetime(2024, 5, 15):%Y-%m-%d}", f"{date(2024, 5, 15)}", f"{datetime(2024, 5, 15, 10):%H:%M}", f"{datetime(2024, 5, 15)!r}", f"{timedelta(days=1, hours=2)}"
datetime(2024, 5, 15).weekday(), datetime(2024, 5, 19).isoweekday(), date(2024, 2, 29).weekday(), [datetime(2024, 5, d).strftime("%A") for d in range(12, 19)]
[datetime(2024, m, 1).strftime("%B %b %j") for m in range(1, 13)]
datetime(2024, 5, 15, 10, 30).year, datetime(2024, 5, 15).month, datetime(2024, 5, 15).day, datetime(2024, 5, 15, 10, 30).hour, datetime(2024, 5, 15, 10, 30).minute, datetime(2024, 5, 15).second, datetime(2024, 5, 15).microsecond
datetime(2024, 5, 15) - datetime(2024, 5, 10), datetime(2024, 5, 10) - datetime(2024, 5, 15, 1), date(2024, 3, 1) - date(2024, 2, 28), datetime(2024, 1, 1) - timedelta(seconds=1)
(datetime(2024, 5, 15) - datetime(2024, 5, 10)).days, (datetime(2024, 5, 10) - datetime(2024, 5, 15, 1)).days, (datetime(2024, 5, 15, 2) - datetime(2024, 5, 15)).total_seconds(), (datetime(2024, 5, 15, 2) - datetime(2024, 5, 14)).seconds
datetime(2024, 2, 28) + timedelta(days=1), datetime(2023, 2, 28) + timedelta(days=1), datetime(2024, 12, 31) + timedelta(1), date(2024, 1, 31) + timedelta(weeks=4), timedelta(days=1) + datetime(2024, 1, 1)
datetime(2024, 5, 15, 23, 59) + timedelta(minutes=1), datetime(2024, 5, 15) - timedelta(hours=5), datetime(2024, 1, 1) + timedelta(days=0.5), datetime(2024, 1, 1) + timedelta(days=-400)
timedelta(days=1), timedelta(hours=25), timedelta(minutes=-1), timedelta(), timedelta(seconds=1.5), timedelta(weeks=1, days=1, hours=1, minutes=1, seconds=1, milliseconds=1, microseconds=1), timedelta(1, 2, 3)
str(timedelta(days=1)), str(timedelta(days=2, hours=3)), str(timedelta(minutes=-1)), str(timedelta()), str(timedelta(seconds=1.5)), str(timedelta(days=-2))
timedelta(days=1) * 2, 2 * timedelta(hours=1), timedelta(days=1) / 2, timedelta(days=1) / timedelta(hours=6), timedelta(days=1) // timedelta(hours=5), -timedelta(1), abs(timedelta(-1)), timedelta(1) + timedelta(2), timedelta(1) - timedelta(2)
timedelta(days=1) > timedelta(hours=23), timedelta(1) == timedelta(hours=24), bool(timedelta()), timedelta(hours=36).days, timedelta(hours=36).seconds, timedelta(days=1.5).total_seconds(), sum([timedelta(1), timedelta(2)], timedelta())
datetime(2024, 5, 15) < datetime(2024, 5, 16), datetime(2024, 5, 15) == datetime(2024, 5, 15, 0), date(2024, 5, 15) >= date(2024, 5, 15), datetime(2024, 5, 15) == "2024-05-15", datetime(2024, 1, 1) == date(2024, 1, 1), datetime(2024, 1, 1) != None
max(datetime(2024, 5, 15), datetime(2024, 6, 1)), min([date(2024, 5, 15), date(2023, 1, 1)]), sorted([datetime(2024, 2, 1), datetime(2024, 1, 1)]), datetime(2024, 1, 1) in [datetime(2024, 1, 1)], len({datetime(2024, 1, 1), datetime(2024, 1, 1)}), {date(2024, 1, 1): 1}
datetime.min, datetime.max, date.min, date.max, datetime.min < datetime(2024, 1, 1)
datetime.fromisoformat("2024-05-15"), datetime.fromisoformat("2024-05-15T10:30:00"), datetime.fromisoformat("2024-05-15 10:30"), date.fromisoformat("2024-05-15")
datetime(2024, 5, 15, 10).date(), datetime(2024, 5, 15).replace(day=1), datetime(2024, 5, 15, 10, 30).replace(hour=0, minute=0), date(2024, 5, 15).replace(year=2025, month=1), datetime(2024, 5, 15).timetuple().tm_yday
datetime.combine(date(2024, 5, 15), datetime.min.time()), datetime(2024, 5, 15).toordinal(), date.fromordinal(738000), datetime(2024, 5, 15, 10, 5).time()
isinstance(datetime(2024, 1, 1), datetime), isinstance(datetime(2024, 1, 1), date), isinstance(date(2024, 1, 1), datetime), isinstance(timedelta(1), timedelta), isinstance("2024-01-01", date)
[d.isoformat() for d in [date(2024, 2, 27) + timedelta(days=i) for i in range(4)]], [(date(2024, 5, 15) + timedelta(days=i)).strftime("%A") for i in (0, 7, -3)]
(date(2024, 12, 25) - date(2024, 1, 1)).days, (datetime(2025, 3, 1) - datetime(2024, 3, 1)).days, (datetime(2024, 5, 15, 15) - datetime(2024, 5, 14, 14, 59, 59)).total_seconds() / 3600
datetime.strptime("2024-13-01", "%Y-%m-%d")
datetime.strptime("2024-02-30", "%Y-%m-%d")
datetime.strptime("2023-02-29", "%Y-%m-%d")
datetime.strptime("2024-05-15 ", "%Y-%m-%d")
datetime.strptime(" 2024-05-15", "%Y-%m-%d")
datetime.strptime("2024-05-15 10:30", "%Y-%m-%d")
datetime.strptime("2024-05-15T10:30:00", "%Y-%m-%d")
datetime.strptime("2024-05-15", "%Y-%m-%d %H:%M")
datetime.strptime("15-05-2024", "%Y-%m-%d")
datetime.strptime("", "%Y-%m-%d")
datetime.strptime("", "")
datetime.strptime("tomorrow", "%Y-%m-%d")
datetime.strptime("2024-00-10", "%Y-%m-%d")
datetime.strptime("2024-04-31", "%Y-%m-%d")
datetime.strptime("0000-01-01", "%Y-%m-%d")
datetime.strptime("2024-05-32", "%Y-%m-%d")
datetime.strptime("20240515", "%Y-%m-%d")
datetime.strptime("2024-05-15 25:00", "%Y-%m-%d %H:%M")
datetime.strptime("2024-05-15 10:60", "%Y-%m-%d %H:%M")
datetime.strptime("10:30:61", "%H:%M:%S")
datetime.strptime("13:00 PM", "%I:%M %p")
datetime.strptime("Mai 5", "%B %d")
datetime.strptime("it's", "%Y")
datetime.strptime("2024  05", "%Y %m")
datetime.strptime("2024", "%Y-")
datetime.strptime("24", "%Y")
datetime.strptime("x", "%q")
datetime.strptime("x", "%")
datetime.strptime("366 2023", "%j %Y")
datetime.strptime("400", "%j")
datetime.strptime(5, "%Y")
datetime.strptime(None, "%Y-%m-%d")
datetime.strptime("2024", 5)
datetime.strptime("2024-05-15")
datetime.strptime()
datetime.strptime(["2024"], "%Y")
datetime.fromisoformat("yesterday")
datetime.fromisoformat("2024-13-01")
datetime.fromisoformat("2024-02-30")
datetime.fromisoformat("2024-5-15")
datetime.fromisoformat("")
datetime.fromisoformat(None)
datetime.fromisoformat(5)
date.fromisoformat("2024-05-15T10:00:00")
date.fromisoformat("x")
datetime(2024, 13, 1)
datetime(2024, 2, 30)
datetime(2023, 2, 29)
datetime(2024, 0, 1)
datetime(2024, 1, 0)
datetime(0, 1, 1)
datetime(10000, 1, 1)
datetime(2024, 1, 1, 24)
datetime(2024, 1, 1, 0, 60)
datetime(2024, 1, 1, 0, 0, 60)
datetime(2024, 1, 1, 0, 0, 0, 1000000)
datetime(2024, 1)
datetime(2024)
datetime()
datetime("2024", 1, 1)
datetime(2024, 1.5, 1)
datetime(None, 1, 1)
date(2024, 2, 30)
date(2024, 1)
date("2024-01-01", 1, 1)
datetime(2024, 1, 1) + 1
datetime(2024, 1, 1) + datetime(2024, 1, 1)
datetime(2024, 1, 1) - 1
datetime(2024, 1, 1) - "2024-01-01"
datetime(2024, 1, 1) - date(2024, 1, 1)
date(2024, 1, 1) - datetime(2024, 1, 1)
"a" + datetime(2024, 1, 1)
date(2024, 1, 1) + 1
1 + date(2024, 1, 1)
timedelta(1) + 1
timedelta(1) * "a"
timedelta(1) * timedelta(1)
timedelta(1) / 0
timedelta(1) // 0
timedelta(1) < 1
datetime(2024, 1, 1) < "2024-01-02"
"2024-01-02" < datetime(2024, 1, 1)
datetime(2024, 1, 1) < date(2024, 1, 2)
date(2024, 1, 1) < 5
None < datetime(2024, 1, 1)
sorted([datetime(2024, 1, 1), "x"])
datetime(9999, 12, 31) + timedelta(1)
datetime(1, 1, 1) - timedelta(1)
date(9999, 12, 31) + timedelta(1)
timedelta(days=10 ** 10)
timedelta(days="1")
timedelta(days=None)
timedelta(fortnights=1)
datetime(2024, 1, 31).replace(month=2)
datetime(2024, 1, 31).strftime()
datetime(2024, 1, 31).strftime(5)
datetime(2024, 1, 31).isoformat(5)
datetime(2024, 5, 15)[0]
len(datetime(2024, 5, 15))
int(datetime(2024, 5, 15))
list(date(2024, 5, 15))
"2024-05-15".strftime("%Y")
date(2024, 5, 15).hour
(5).strftime("%Y")
None.strftime("%Y")
"""

BODIES = r"""
def nights(start, end):
    a = datetime.strptime(start, "%Y-%m-%d")
    b = datetime.strptime(end, "%Y-%m-%d")
    if b <= a:
        return "the stay ends before it starts"
    return (b - a).days
return nights("2024-02-27", "2024-03-02"), nights("2024-05-02", "2024-05-01"), nights("2023-12-30", "2024-01-02")
---
out = []
for text in ["2024-05-15", "2024-02-30", "15.05.2024", "2024-5-1", "", "2024-05-15x"]:
    try:
        out.append(datetime.strptime(text, "%Y-%m-%d").strftime("%A"))
    except ValueError as e:
        out.append(str(e))
return out
---
now = datetime(2024, 5, 15, 15, 0, 0)
booked = datetime.strptime("2024-05-14T15:30:00", "%Y-%m-%dT%H:%M:%S")
age = now - booked
return age, age < timedelta(hours=24), age.total_seconds(), str(age), f"{age.total_seconds() / 3600:.1f} hours"
---
slots = [{"date": "2024-05-17", "time": "09:00"}, {"date": "2024-05-16", "time": "14:30"}, {"date": "2024-05-16", "time": "08:15"}]
slots.sort(key=lambda s: datetime.strptime(s["date"] + " " + s["time"], "%Y-%m-%d %H:%M"))
return [s["date"] + " " + s["time"] for s in slots]
---
latest = datetime.min
for text in ["2024-01-05", "2024-03-01", "2023-12-31"]:
    at = datetime.strptime(text, "%Y-%m-%d")
    if at > latest:
        latest = at
return latest, latest.strftime("%Y-%m-%d"), latest == datetime.min
---
start = date(2024, 1, 29)
days = [start + timedelta(days=i) for i in range(7)]
return [d.isoformat() for d in days if d.weekday() < 5], [d.strftime("%A")[:3] for d in days]
---
a = datetime(2024, 1, 1)
b = a
a += timedelta(days=1)
a -= timedelta(hours=1)
return a, b, a - b
---
birth = datetime.strptime("1990-06-15", "%Y-%m-%d")
today = datetime(2024, 6, 14)
return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
"""

DAYS = ["(1900, 1, 1)", "(1999, 12, 31, 23, 59, 59)", "(2000, 2, 29, 12)", "(2024, 7, 4, 0, 5)", "(2100, 3, 1, 11, 59)"]
STEPS = ["days=1", "days=-1", "days=365", "hours=36", "minutes=-1", "weeks=52"]


def more():
    for index, day in enumerate(DAYS):
        yield f"datetime{day}.strftime('%Y-%m-%d %H:%M:%S %A %B %d %j %a %b %I %p %y'), str(datetime{day}), datetime{day}.isoformat(), datetime{day}.weekday()"
        for step in STEPS:
            yield f"datetime{day} + timedelta({step}), datetime{day} - timedelta({step}), (datetime{day} - timedelta({step})).strftime('%A %j')"
        other = DAYS[(index + 1) % len(DAYS)]
        yield f"datetime{day} - datetime{other}, datetime{day} < datetime{other}, (datetime{day} - datetime{other}).total_seconds()"
