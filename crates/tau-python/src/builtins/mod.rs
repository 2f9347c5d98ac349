//! Built-in functions, types, methods and the modules this crate implements.

mod calculator;
mod construct;
mod containers;
pub(crate) mod datetime;
mod functions;
mod library;
mod strings;
mod strptime;

use crate::code::Name;
use crate::error::{ExcClass, ExcKind, Fault, R};

use crate::value::Value;
use crate::vm::{Object, Vm};
pub(crate) use construct::construct;
pub(crate) use functions::call;

macro_rules! names {
    ($(#[$doc:meta])* $enum:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum $enum { $($variant),* }
        impl $enum {
            pub(crate) fn name(self) -> &'static str { match self { $($enum::$variant => $text),* } }
            #[allow(dead_code)]
            pub(crate) fn named(name: &str) -> Option<$enum> { match name { $($text => Some($enum::$variant),)* _ => None } }
        }
    };
}

names!(
    /// A built-in function, or one of a module.
    Builtin {
        Len = "len", Round = "round", Abs = "abs", Sum = "sum", Min = "min", Max = "max", Sorted = "sorted",
        Any = "any", All = "all", Repr = "repr", IsInstance = "isinstance", Eval = "eval", Iter = "iter",
        Next = "next", Print = "print", Divmod = "divmod", Pow = "pow", Ord = "ord", Chr = "chr", Callable = "callable",
        Hash = "hash", Format = "format", Ascii = "ascii", Hex = "hex", Bin = "bin", Oct = "oct",
        Dumps = "dumps", Loads = "loads", DeepCopy = "deepcopy", Copy = "copy", Cast = "cast",
        Floor = "floor", Ceil = "ceil", Sqrt = "sqrt", IsNan = "isnan", IsInf = "isinf", Fabs = "fabs", Trunc = "trunc",
        Isclose = "isclose", Log = "log", Log2 = "log2", Log10 = "log10", Exp = "exp", IsFinite = "isfinite", Gcd = "gcd", HostRoot = "root",
        Now = "now", Today = "today", Utcnow = "utcnow", Strptime = "strptime", FromIso = "fromisoformat", DateFromIso = "date.fromisoformat", Combine = "combine",
        FromKeys = "fromkeys", AbstractMethod = "abstractmethod",
        Random = "random", RandInt = "randint", Choice = "choice", Uuid4 = "uuid4",
    }
);

names!(
    /// A built-in type, or one of a module.
    TypeId {
        Str = "str", Int = "int", Float = "float", Bool = "bool", List = "list", Dict = "dict", Set = "set",
        Tuple = "tuple", Object = "object", Type = "type", NoneType = "NoneType", FrozenSet = "frozenset", Range = "range", Enumerate = "enumerate",
        Zip = "zip", Map = "map", Filter = "filter", Reversed = "reversed",
        DateTime = "datetime.datetime", Date = "datetime.date", Delta = "datetime.timedelta",
        Abc = "ABC", AbcMeta = "ABCMeta", Enum = "Enum", StrEnum = "StrEnum", Typing = "typing",
    }
);

names!(
    /// A module this crate implements.
    ModuleId {
        Json = "json", Datetime = "datetime", Copy = "copy", Typing = "typing", Math = "math", Enum = "enum", Abc = "abc",
        Random = "random", Uuid = "uuid", Host = "tau_host",
    }
);

names!(
    /// A method of a built-in type.
    Method {
        Get = "get", Items = "items", Keys = "keys", Values = "values", SetDefault = "setdefault", Pop = "pop", PopItem = "popitem",
        Update = "update", Clear = "clear", Copy = "copy",
        Append = "append", Extend = "extend", Insert = "insert", Remove = "remove", Count = "count", Index = "index",
        Sort = "sort", Reverse = "reverse",
        Add = "add", Discard = "discard", Union = "union", Intersection = "intersection", Difference = "difference",
        IsSubset = "issubset", IsSuperset = "issuperset", IsDisjoint = "isdisjoint",
        Lower = "lower", Upper = "upper", Strip = "strip", LStrip = "lstrip", RStrip = "rstrip", Title = "title",
        Capitalize = "capitalize", Replace = "replace", StartsWith = "startswith", EndsWith = "endswith", Join = "join",
        Split = "split", RSplit = "rsplit", SplitLines = "splitlines", IsDigit = "isdigit", IsAlpha = "isalpha", IsAlnum = "isalnum",
        IsUpper = "isupper", IsLower = "islower", IsSpace = "isspace", IsNumeric = "isnumeric", IsDecimal = "isdecimal",
        Find = "find", RFind = "rfind", Format = "format", ZFill = "zfill", LJust = "ljust", RJust = "rjust", Center = "center",
        Partition = "partition", RPartition = "rpartition", CaseFold = "casefold", SwapCase = "swapcase",
        RemovePrefix = "removeprefix", RemoveSuffix = "removesuffix",
        Strftime = "strftime", IsoFormat = "isoformat", Weekday = "weekday", IsoWeekday = "isoweekday", Date = "date",
        TotalSeconds = "total_seconds", IsInteger = "is_integer", IsTitle = "istitle", RIndex = "rindex", ExpandTabs = "expandtabs",
        SymmetricDifference = "symmetric_difference",
    }
);

/// Methods and attributes CPython has on these types and this crate does not: refused when loading.
pub(crate) fn is_refused_attribute(name: &str) -> bool {
    (name.starts_with("__") && !matches!(name, "__name__"))
        || matches!(
            name,
            "encode"
                | "format_map"
                | "translate"
                | "maketrans"
                | "isidentifier"
                | "isprintable"
                | "isascii"
                | "bit_length"
                | "to_bytes"
                | "from_bytes"
                | "as_integer_ratio"
                | "hex"
                | "fromhex"
                | "conjugate"
                | "real"
                | "imag"
                | "timestamp"
                | "timetuple"
                | "astimezone"
                | "utcoffset"
                | "ctime"
                | "toordinal"
                | "isocalendar"
                | "tzinfo"
                | "time"
                | "difference_update"
                | "intersection_update"
                | "symmetric_difference_update"
                | "send"
                | "throw"
                | "close"
                | "with_traceback"
                | "add_note"
                | "mro"
        )
}

/// What a name means that no module binds.
pub(crate) fn global(name: &str) -> Option<Value> {
    use Builtin::*;
    if let Some(kind) = ExcKind::named(name)
        && kind != ExcKind::JSONDecodeError
    {
        return Some(Value::ExcType(ExcClass::Builtin(kind)));
    }
    if let Some(builtin) = Builtin::named(name)
        && matches!(
            builtin,
            Len | Round
                | Abs
                | Sum
                | Min
                | Max
                | Sorted
                | Any
                | All
                | Repr
                | IsInstance
                | Eval
                | Iter
                | Next
                | Print
                | Divmod
                | Pow
                | Ord
                | Chr
                | Callable
                | Hash
                | Format
                | Ascii
                | Hex
                | Bin
                | Oct
        )
    {
        return Some(Value::Builtin(builtin));
    }
    let type_id = TypeId::named(name)?;
    use TypeId as T;
    let public = matches!(
        type_id,
        T::Str
            | T::Int
            | T::Float
            | T::Bool
            | T::List
            | T::Dict
            | T::Set
            | T::FrozenSet
            | T::Tuple
            | T::Object
            | T::Type
            | T::Range
            | T::Enumerate
            | T::Zip
            | T::Map
            | T::Filter
            | T::Reversed
    );
    public.then_some(Value::Type(type_id))
}

impl ModuleId {
    /// What `module.name` is.
    pub(crate) fn attribute(self, name: &str) -> Option<Value> {
        use Builtin::*;
        Some(match (self, name) {
            (ModuleId::Json, "dumps") => Value::Builtin(Dumps),
            (ModuleId::Json, "loads") => Value::Builtin(Loads),
            (ModuleId::Json, "JSONDecodeError") => {
                Value::ExcType(ExcClass::Builtin(ExcKind::JSONDecodeError))
            }
            (ModuleId::Copy, "deepcopy") => Value::Builtin(DeepCopy),
            (ModuleId::Copy, "copy") => Value::Builtin(Copy),
            (ModuleId::Datetime, "datetime") => Value::Type(TypeId::DateTime),
            (ModuleId::Datetime, "date") => Value::Type(TypeId::Date),
            (ModuleId::Datetime, "timedelta") => Value::Type(TypeId::Delta),
            (ModuleId::Enum, "Enum") => Value::Type(TypeId::Enum),
            (ModuleId::Enum, "StrEnum") => Value::Type(TypeId::StrEnum),
            (ModuleId::Abc, "ABC") => Value::Type(TypeId::Abc),
            (ModuleId::Abc, "ABCMeta") => Value::Type(TypeId::AbcMeta),
            (ModuleId::Abc, "abstractmethod") => Value::Builtin(AbstractMethod),
            (ModuleId::Math, "pi") => Value::Float(std::f64::consts::PI),
            (ModuleId::Math, "e") => Value::Float(std::f64::consts::E),
            (ModuleId::Math, "inf") => Value::Float(f64::INFINITY),
            (ModuleId::Math, "nan") => Value::Float(f64::NAN),
            (
                ModuleId::Math,
                "log" | "log2" | "log10" | "exp" | "isfinite" | "gcd" | "floor" | "ceil" | "sqrt"
                | "isnan" | "isinf" | "fabs" | "trunc" | "isclose",
            ) => Value::Builtin(Builtin::named(name)?),
            (ModuleId::Typing, "cast") => Value::Builtin(Cast),
            (ModuleId::Typing, "TYPE_CHECKING") => Value::Bool(false),
            (
                ModuleId::Typing,
                "Any" | "Dict" | "List" | "Optional" | "Union" | "Tuple" | "Set" | "FrozenSet"
                | "Callable" | "Iterable" | "Iterator" | "Sequence" | "Mapping" | "MutableMapping"
                | "Literal" | "Final" | "Type" | "ClassVar" | "Annotated" | "TypeAlias" | "Self",
            ) => Value::Type(TypeId::Typing),
            (ModuleId::Random, "random") => Value::Builtin(Random),
            (ModuleId::Random, "randint") => Value::Builtin(RandInt),
            (ModuleId::Random, "choice") => Value::Builtin(Choice),
            // A text, where CPython has an object: `str()` of it is the same.
            (ModuleId::Uuid, "uuid4") => Value::Builtin(Uuid4),
            (ModuleId::Host, "root") => Value::Builtin(HostRoot),
            _ => return None,
        })
    }
}

/// What `type.name` is.
pub(crate) fn type_attribute(type_id: TypeId, name: &str) -> Option<Value> {
    use Builtin::*;
    Some(match (type_id, name) {
        (TypeId::DateTime, "now") => Value::Builtin(Now),
        (TypeId::DateTime, "utcnow") => Value::Builtin(Utcnow),
        (TypeId::Date, "today") => Value::Builtin(Today),
        (TypeId::DateTime, "today") => Value::Builtin(Now),
        (TypeId::DateTime, "strptime") => Value::Builtin(Strptime),
        (TypeId::DateTime, "combine") => return None,
        (TypeId::DateTime, "fromisoformat") => Value::Builtin(FromIso),
        (TypeId::DateTime, "min") => Value::DateTime(0),
        (TypeId::DateTime, "max") => Value::DateTime(datetime::MAX),
        (TypeId::Date, "min") => Value::Date(0),
        (TypeId::Date, "max") => Value::Date(3_652_058),
        (TypeId::Date, "fromisoformat") => Value::Builtin(DateFromIso),
        (TypeId::Dict, "fromkeys") => Value::Builtin(FromKeys),
        (_, "__name__") => Value::str(type_id.name()),
        (TypeId::Str, method) => return strings::unbound(method),
        _ => return None,
    })
}

/// Attributes that are no methods.
pub(crate) fn attribute(vm: &mut Vm, base: &Value, name: &Name) -> Option<Value> {
    match base {
        Value::Member(class, index) => match &**name {
            "value" => Some(vm.heap.member_value(*class, *index)),
            "name" => Some(Value::Str(vm.heap.member_name(*class, *index))),
            _ => None,
        },
        Value::DateTime(_) | Value::Date(_) | Value::Delta(_) => datetime::field(base, name),
        Value::Object(id) => match (&vm.heap.objects[*id as usize], &**name) {
            (Object::Exception { args, .. }, "args") => Some(Value::tuple(args.clone())),
            (Object::Closure { closure, .. }, "__name__") => {
                Some(Value::Str(vm.program.codes[closure.code as usize].name.clone()))
            }
            _ => None,
        },
        Value::Function(code) if &**name == "__name__" => {
            Some(Value::Str(vm.program.codes[*code as usize].name.clone()))
        }
        Value::Type(t) if &**name == "__name__" => {
            Some(Value::str(t.name().rsplit('.').next().unwrap_or_default()))
        }
        Value::ExcType(class) if &**name == "__name__" => {
            Some(Value::str(vm.heap.exc_name(*class)))
        }
        _ => None,
    }
}

/// Whether a value of this type has the method.
pub(crate) fn has_method(vm: &Vm, base: &Value, method: Method) -> bool {
    use Method::*;
    match base {
        Value::Dict(_) => matches!(
            method,
            Get | Items | Keys | Values | SetDefault | Pop | PopItem | Update | Clear | Copy
        ),
        Value::List(_) => matches!(
            method,
            Append | Extend | Insert | Remove | Count | Index | Sort | Reverse | Pop | Clear | Copy
        ),
        Value::Tuple(_) => matches!(method, Count | Index),
        Value::Set(_) => matches!(
            method,
            Add | Discard
                | Remove
                | Pop
                | Clear
                | Copy
                | Update
                | Union
                | Intersection
                | Difference
                | IsSubset
                | IsSuperset
                | IsDisjoint
                | SymmetricDifference
        ),
        Value::Str(_) => strings::has(method),
        Value::Member(class, _) => vm.heap.is_str_enum(*class) && strings::has(method),
        Value::DateTime(_) => {
            matches!(method, Strftime | IsoFormat | Weekday | IsoWeekday | Date | Replace)
        }
        Value::Date(_) => matches!(method, Strftime | IsoFormat | Weekday | IsoWeekday | Replace),
        Value::Delta(_) => method == TotalSeconds,
        Value::Float(_) => method == IsInteger,
        _ => false,
    }
}

/// Calls a method of a built-in type; `None` when the type has no such method.
pub(crate) fn call_method(
    vm: &mut Vm,
    receiver: &Value,
    method: Method,
    args: &[Value],
    kwargs: &[(Name, Value)],
) -> R<Option<Value>> {
    if !has_method(vm, receiver, method) {
        return Ok(None);
    }
    if !kwargs.is_empty() && !takes_keywords(receiver, method) {
        let kind = crate::text::type_name(vm.heap, receiver);
        return Err(Fault::type_error(format!(
            "{kind}.{}() takes no keyword arguments",
            method.name()
        )));
    }
    if !args.is_empty()
        && takes_nothing(method)
        && !matches!(receiver, Value::DateTime(_) | Value::Date(_))
    {
        let kind = crate::text::type_name(vm.heap, receiver);
        let (name, given) = (method.name(), args.len());
        return Err(Fault::type_error(format!(
            "{kind}.{name}() takes no arguments ({given} given)"
        )));
    }
    match receiver {
        Value::Dict(id) => containers::dict_method(vm, *id, method, args, kwargs),
        Value::List(id) => containers::list_method(vm, *id, method, args, kwargs),
        Value::Tuple(_) => containers::sequence_method(vm, receiver, method, args),
        Value::Set(id) => containers::set_method(vm, *id, method, args),
        Value::Str(s) => strings::method(vm, s, method, args, kwargs),
        Value::Member(class, index) => {
            let inner = vm.heap.member_value(*class, *index);
            return call_method(vm, &inner, method, args, kwargs);
        }
        Value::Float(f) => Ok(Value::Bool(f.is_finite() && f.fract() == 0.0)),
        _ => datetime::method(vm, receiver, method, args, kwargs),
    }
    .map(Some)
}

fn takes_keywords(receiver: &Value, method: Method) -> bool {
    use Method::*;
    match receiver {
        Value::DateTime(_) | Value::Date(_) => true,
        Value::Str(_) => matches!(method, Split | RSplit | SplitLines | Format | ExpandTabs),
        _ => matches!(method, Sort | Update),
    }
}

fn takes_nothing(method: Method) -> bool {
    use Method::*;
    matches!(
        method,
        Copy | Clear
            | Reverse
            | Items
            | Keys
            | Values
            | PopItem
            | Lower
            | Upper
            | Title
            | Capitalize
            | SwapCase
            | CaseFold
            | IsDigit
            | IsAlpha
            | IsAlnum
            | IsUpper
            | IsLower
            | IsSpace
            | IsNumeric
            | IsDecimal
            | IsTitle
            | TotalSeconds
            | IsInteger
    )
}

/// The texts CPython gives for a wrong number of arguments.
pub(crate) fn count_args(name: &str, args: &[Value], least: usize, most: usize) -> R<()> {
    let given = args.len();
    if (least..=most).contains(&given) {
        return Ok(());
    }
    let bound = if given < least { least } else { most };
    let plural = if bound == 1 { "" } else { "s" };
    Err(Fault::type_error(if most == 0 {
        format!("{name}() takes no arguments ({given} given)")
    } else if least == most && most == 1 {
        format!("{name}() takes exactly one argument ({given} given)")
    } else if least == most {
        format!("{name} expected {least} argument{plural}, got {given}")
    } else {
        let word = if given < least { "at least" } else { "at most" };
        format!("{name} expected {word} {bound} argument{plural}, got {given}")
    }))
}
