//! The compiled form of a program: trees whose names are resolved to slots.

use crate::builtins::ModuleId;
use crate::compare::OrderOp;
use crate::error::ExcClass;
use crate::number::Op;
use crate::value::Value;
use std::sync::Arc;

pub(crate) type Name = Arc<str>;

#[derive(Debug)]
pub(crate) enum Expr {
    Const(Value),
    Local(u32),
    /// A variable shared with an inner function; the slot holds the cell's number.
    Cell(u32),
    Global(u32),
    And(Box<[Expr]>),
    Or(Box<[Expr]>),
    Not(Box<Expr>),
    Unary(UnaryOp, Box<Expr>),
    Binary(Op, Box<(Expr, Expr)>),
    Compare(CmpOp, Box<(Expr, Expr)>),
    CompareChain(Box<Expr>, Box<[(CmpOp, Expr)]>),
    If(Box<(Expr, Expr, Expr)>),
    List(Box<[Expr]>),
    Tuple(Box<[Expr]>),
    Set(Box<[Expr]>),
    /// `None` as key: `**mapping`.
    Dict(Box<[(Option<Expr>, Expr)]>),
    /// Only among items and arguments.
    Star(Box<Expr>),
    Subscript(Box<(Expr, Expr)>),
    Slice(Box<(Expr, [Option<Expr>; 3])>),
    Attr(Box<Expr>, Name),
    Call(Box<Call>),
    MethodCall(Box<MethodCall>),
    FString(Box<[Part]>),
    Closure(Arc<Closure>),
    Comp(Box<Comp>),
    Generator(Arc<Closure>, Box<Expr>),
    Walrus(Box<Target>, Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnaryOp {
    Neg,
    Pos,
    Invert,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CmpOp {
    Eq,
    NotEq,
    Order(OrderOp),
    Is,
    IsNot,
    In,
    NotIn,
}

#[derive(Debug)]
pub(crate) struct Call {
    pub func: Expr,
    pub args: Args,
}

#[derive(Debug)]
pub(crate) struct MethodCall {
    pub receiver: Expr,
    pub name: Name,
    /// The built-in method of that name, whatever the type.
    pub method: Option<crate::builtins::Method>,
    pub args: Args,
}

#[derive(Debug)]
pub(crate) struct Args {
    pub positional: Box<[Expr]>,
    /// `None` as name: `**mapping`.
    pub keywords: Box<[(Option<Name>, Expr)]>,
    /// No star, no keywords.
    pub plain: bool,
}

#[derive(Debug)]
pub(crate) enum Part {
    Text(Arc<str>),
    Value {
        value: Expr,
        conversion: Conversion,
        spec: Option<Expr>,
        parsed: Option<crate::text::format::Spec>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conversion {
    None,
    Str,
    Repr,
    Ascii,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CompKind {
    List,
    Set,
    Dict,
    /// `sum`, `any`, `all`, `min`, `max` directly over a generator expression.
    Sum,
    Any,
    All,
    Min,
    Max,
}

/// A comprehension, or a generator expression that is consumed where it stands.
#[derive(Debug)]
pub(crate) struct Comp {
    pub kind: CompKind,
    pub element: Expr,
    /// The value of a dict comprehension; the start of a sum.
    pub second: Option<Expr>,
    pub clauses: Box<[Clause]>,
    /// Slots that become fresh cells on entry.
    pub cells: Box<[u32]>,
}

#[derive(Debug)]
pub(crate) struct Clause {
    pub target: Target,
    pub iter: Expr,
    pub conditions: Box<[Expr]>,
}

#[derive(Debug)]
pub(crate) enum Target {
    Local(u32),
    Cell(u32),
    Global(u32),
    Subscript(Expr, Expr),
    Slice(Expr, [Option<Expr>; 3]),
    /// Items before the starred one, the starred one, items after.
    Unpack(Box<[Target]>, Option<Box<Target>>, Box<[Target]>),
}

#[derive(Debug)]
pub(crate) struct Stmt {
    pub line: u32,
    pub kind: StmtKind,
}

#[derive(Debug)]
pub(crate) enum StmtKind {
    Expr(Expr),
    Assign(Target, Expr),
    AssignMany(Box<[Target]>, Expr),
    /// The operand place is evaluated once.
    Augment(Target, Op, Expr),
    Return(Option<Expr>),
    If(Expr, Block, Block),
    For(Target, Expr, Block, Block),
    While(Expr, Block, Block),
    Break,
    Continue,
    Pass,
    Delete(Box<[Target]>),
    Raise(Option<Expr>),
    Assert(Expr, Option<Expr>),
    Try(Box<Try>),
    Match(Expr, Box<[Case]>),
}

pub(crate) type Block = Box<[Stmt]>;

#[derive(Debug)]
pub(crate) struct Try {
    pub body: Block,
    pub handlers: Box<[Handler]>,
    pub orelse: Block,
    pub finally: Block,
}

#[derive(Debug)]
pub(crate) struct Handler {
    pub class: Option<Expr>,
    pub name: Option<Target>,
    pub body: Block,
}

#[derive(Debug)]
pub(crate) struct Case {
    pub pattern: Pattern,
    pub guard: Option<Expr>,
    pub body: Block,
}

#[derive(Debug)]
pub(crate) enum Pattern {
    Any(Option<Target>),
    Value(Expr),
    Singleton(Value),
    Or(Box<[Pattern]>),
    As(Box<Pattern>, Target),
    Sequence(Box<[Pattern]>),
}

/// A function's code, shared by all closures over it.
#[derive(Debug)]
pub(crate) struct Code {
    pub number: u32,
    pub module: u32,
    pub name: Name,
    /// `Class.invoke`, `f.<locals>.g`: the name in binding errors.
    pub qualname: Name,
    pub params: Vec<Param>,
    /// Positional parameters (with those that may not be passed by name first).
    pub positional: u32,
    pub positional_only: u32,
    pub star: Option<u32>,
    pub double_star: Option<u32>,
    pub slots: u32,
    /// Names of the slots, for `UnboundLocalError`.
    pub slot_names: Vec<Name>,
    /// Slots that become cells on entry (parameters keep their value).
    pub cells: Vec<u32>,
    pub body: Block,
    pub docstring: Option<Name>,
    pub line: u32,
}

/// A parameter; its slot is its position.
#[derive(Debug)]
pub(crate) struct Param {
    pub name: Name,
    pub annotation: Option<String>,
    pub default: ParamDefault,
}

#[derive(Debug)]
pub(crate) enum ParamDefault {
    None,
    Const(Value),
    /// Evaluated when the module is initialised, kept in a global.
    Global(u32),
    /// Number N of the closure's own.
    Own(u32),
}

/// What an inner function is made of.
#[derive(Debug)]
pub(crate) struct Closure {
    pub code: u32,
    /// Slots of the enclosing function (holding cells) and the inner slots they go to.
    pub captures: Box<[(u32, u32)]>,
    pub defaults: Box<[Expr]>,
    /// A generator expression's clauses and element; the first iterable is passed in.
    pub generator: Option<Comp>,
}

/// What a class of the program is.
#[derive(Debug)]
pub(crate) struct ClassInfo {
    pub name: Name,
    pub kind: ClassKind,
    pub base: Option<u32>,
    pub attributes: Vec<(Name, ClassAttr)>,
}

#[derive(Debug)]
pub(crate) enum ClassKind {
    Plain,
    Enum { members: Vec<(Name, Value)>, is_str: bool },
    Exception(ExcClass),
}

#[derive(Debug, Clone)]
pub(crate) enum ClassAttr {
    Function(u32),
    Global(u32),
}

/// What a name of a module stands for when it is bound once, by an import, `def` or `class`.
#[derive(Clone, Debug)]
pub(crate) enum Static {
    Value(Value),
    /// A module of the program.
    ProgramModule(u32),
}

#[derive(Debug)]
pub(crate) struct ModuleCode {
    pub name: Name,
    pub file: Name,
    /// Runs before the first function of the module does, once per episode; `None` when there is nothing to run.
    pub init: Option<u32>,
    /// Modules this one imports.
    pub imports: Vec<u32>,
}

impl Expr {
    pub fn module(&self) -> Option<ModuleId> {
        match self {
            Expr::Const(Value::Module(m)) => Some(*m),
            _ => None,
        }
    }
}
