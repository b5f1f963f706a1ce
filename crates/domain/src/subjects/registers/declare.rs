//! The declaration of a register.

/// Declares a register: the record, what people state about it, what lists are asked for, and all of it as data.
///
/// ```text
/// register! {
///     /// What a record is.
///     Record(RecordId), stated RecordStated as RecordRequest, asked RecordAsked, shown as RecordView;
///     kind "record" "records" "中文" "one" "中文" "many";
///     about "是做什么用的。" "What it is for.";
///     reads ListRecords ViewRecord;
///     create CreateRecord "record.created" "新增记录" "record added";
///     update …; delete …;            // each may be left out
///     fresh password;                // creating and updating need one
///     named name; unique name version; fixed name; of customer_id;
///     fields {
///         /// Meaning.
///         name: Line = "名称" "name" hint "提示" "hint" [serde(default)] [schema(max_items = 200)];
///         kinds: BTreeSet<Kind> = "类型" "kinds" among offered;   // a function: which words of the enum it takes
///     }
///     follows { signed: bool = signed_of "签名" "signed"; }   // a function of what is stated and the record before
///     besides { credentials: Option<Secret> = "令牌" "token"; } // stated, and no part of the record
///     retires by active;             // the flag that takes a record out of use; lists filter by it
///     finds q in name code;          // what a search reads
///     filters { /// Meaning. customer_id: CustomerId; }      // by the values of a field
///     asks { on: NaiveDate; } by fits;                       // by a function
///     example { … }
/// }
/// ```
///
/// A record has, besides its fields, `id` and `version`. `active: bool` among the fields means that records can be taken out of use.
macro_rules! register {
    (
        $(#[doc = $doc:tt])*
        $name:ident($id:ty), stated $stated:ident as $request:ident, asked $asked:ident, shown as $view:ident;
        kind $kind:tt $path:tt $one_zh:tt $one_en:tt $many_zh:tt $many_en:tt;
        about $about_zh:tt $about_en:tt;
        reads $list:ident $one:ident;
        create $create:ident $created:tt $created_zh:tt $created_en:tt;
        $(update $update:ident $updated:tt $updated_zh:tt $updated_en:tt;)?
        $(delete $delete:ident $deleted:tt $deleted_zh:tt $deleted_en:tt;)?
        $(fresh $password:ident;)?
        $(named $named:ident;)?
        $(unique $($unique:ident)+;)?
        $(fixed $fixed:ident;)?
        $(of $customer:ident;)?
        fields { $(
            $(#[doc = $fdoc:tt])*
            $field:ident: $type:ty $(as $input:ident $(($of:tt))?)? = $zh:tt $en:tt $(hint $hint_zh:tt $hint_en:tt)? $(among $among:path)? $([$($attribute:tt)*])*;
        )+ }
        $(follows { $(
            $(#[doc = $ldoc:tt])*
            $later:ident: $ltype:ty = $from:path, $lzh:tt $len:tt;
        )+ })?
        $(besides { $(
            $(#[doc = $bdoc:tt])*
            $besides:ident: $btype:ty;
        )+ })?
        $(retires by $active:ident;)?
        $(finds $q:ident in $($found:ident)+;)?
        $(filters { $($(#[doc = $qdoc:tt])* $facet:ident: $qtype:ty;)+ })?
        $(asks { $($(#[doc = $adoc:tt])* $asks:ident: $atype:ty;)+ } by $fits:ident;)?
        example $example:tt
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[schema(as = $view)]
        pub struct $name {
            /// Identity.
            pub id: $id,
            $($(#[doc = $fdoc])* #[schema(required)] pub $field: $type,)+
            $($($(#[doc = $ldoc])* #[schema(required)] pub $later: $ltype,)+)?
            /// Rises with every change; the ETag is `"v<version>"`.
            #[serde(default)]
            #[schema(required)]
            pub version: i64,
        }

        /// What people state about a record.
        #[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(as = $request, example = json!($example))]
        pub struct $stated {
            $($(#[doc = $fdoc])* $(#[$($attribute)*])* pub $field: $type,)+
            $($($(#[doc = $bdoc])* pub $besides: $btype,)+)?
        }

        /// Which records are wanted.
        #[derive(Debug, Clone, Default, serde::Deserialize, utoipa::IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub struct $asked {
            $(
                /// Active or inactive ones only.
                pub $active: Option<bool>,
            )?
            $($($(#[doc = $qdoc])* pub $facet: Option<$qtype>,)+)?
            $($($(#[doc = $adoc])* pub $asks: Option<$atype>,)+)?
            $(
                /// Words of it, in any order.
                #[param(max_length = 200)]
                pub $q: Option<String>,
            )?
            /// `next_cursor` of the page before.
            pub cursor: Option<String>,
            /// Items per page.
            #[param(minimum = 1, maximum = 100, default = 20)]
            pub limit: Option<u32>,
        }

        impl $crate::subjects::registers::Asked<$name> for $asked {
            const BY_FUNCTION: bool = $crate::subjects::registers::declare::first!($({ const _: &str = stringify!($fits); true },)? false);

            fn active(&self) -> Option<bool> {
                $crate::subjects::registers::declare::first!($(self.$active,)? None)
            }
            fn words(&self) -> Option<&str> {
                $crate::subjects::registers::declare::first!($(self.$q.as_deref(),)? None)
            }
            fn facets(&self) -> Vec<(&'static str, String)> {
                let asked: &[(&'static str, Vec<String>)] =
                    &[$($((stringify!($facet), $crate::subjects::registers::values(&self.$facet)),)+)?];
                asked.iter().flat_map(|(name, values)| values.iter().map(|value| (*name, value.clone()))).collect()
            }
            fn fits(&self, record: &$name) -> bool {
                $crate::subjects::registers::declare::first!($(record.$fits(self),)? { let _ = record; true })
            }
            fn cursor(&self) -> Option<&str> {
                self.cursor.as_deref()
            }
            fn limit(&self) -> Option<u32> {
                self.limit
            }
        }

        impl $crate::subjects::registers::Register for $name {
            type Id = $id;
            type Stated = $stated;
            type Asked = $asked;

            const DECLARED: $crate::subjects::registers::Declared = $crate::subjects::registers::Declared {
                kind: $kind,
                path: $path,
                one: ($one_zh, $one_en),
                many: ($many_zh, $many_en),
                about: ($about_zh, $about_en),
                fields: &[
                    $($crate::subjects::registers::RecordField {
                        field: $crate::subjects::registers::field(
                            stringify!($field), $zh, $en, $crate::blocks::document::types::input!($type $(, $input $(, $of)?)?),
                        ),
                        hint: $crate::subjects::registers::declare::first!($(Some(($hint_zh, $hint_en)),)? None),
                        among: $crate::subjects::registers::declare::first!($(Some($among),)? None),
                        needed: <$type as $crate::subjects::registers::Needed>::NEEDED,
                        stated: true,
                    },)+
                    $($($crate::subjects::registers::RecordField {
                        field: $crate::subjects::registers::field(
                            stringify!($later), $lzh, $len, <$ltype as $crate::blocks::document::shape::Entered>::INPUT,
                        ),
                        hint: None,
                        among: None,
                        needed: false,
                        stated: false,
                    },)+)?
                ],
                unique: $crate::subjects::registers::declare::first!($(Some([$(stringify!($unique)),+][0]),)? None),
                fixed: $crate::subjects::registers::declare::first!($(Some(stringify!($fixed)),)? None),
                customer: $crate::subjects::registers::declare::first!($(Some(stringify!($customer)),)? None),
                reads: ($crate::subject::operation::Operation::$list, $crate::subject::operation::Operation::$one),
                create: $crate::subjects::registers::Written {
                    operation: $crate::subject::operation::Operation::$create,
                    event: $created,
                    name: ($created_zh, $created_en),
                },
                update: $crate::subjects::registers::declare::first!($(Some($crate::subjects::registers::Written {
                    operation: $crate::subject::operation::Operation::$update,
                    event: $updated,
                    name: ($updated_zh, $updated_en),
                }),)? None),
                delete: $crate::subjects::registers::declare::first!($(Some($crate::subjects::registers::Written {
                    operation: $crate::subject::operation::Operation::$delete,
                    event: $deleted,
                    name: ($deleted_zh, $deleted_en),
                }),)? None),
                fresh_password: $crate::subjects::registers::declare::first!($({ const _: &str = stringify!($password); true },)? false),
            };

            fn of(id: $id, version: i64, stated: &$stated, before: Option<&Self>) -> Self {
                let _ = before;
                Self {
                    id,
                    $($field: stated.$field.clone(),)+
                    $($($later: $from(stated, before),)+)?
                    version,
                }
            }
            fn id(&self) -> $id {
                self.id
            }
            fn version(&self) -> i64 {
                self.version
            }
            fn at_version(self, version: i64) -> Self {
                Self { version, ..self }
            }
            fn unique(&self) -> Option<String> {
                $crate::subjects::registers::declare::first!($(Some([$(self.$unique.to_string()),+].join(" ")),)? None)
            }
            fn name(&self) -> Option<String> {
                $crate::subjects::registers::declare::first!($(Some(self.$named.to_string()),)? None)
            }
            fn is_active(&self) -> bool {
                $crate::subjects::registers::declare::first!($(self.$active,)? true)
            }
            fn words(&self) -> Vec<String> {
                let found: &[Vec<String>] = &[$($($crate::subjects::registers::values(&self.$found)),+)?];
                found.concat()
            }
            fn facets(&self) -> Vec<(&'static str, String)> {
                let fields: &[(&'static str, Vec<String>)] =
                    &[$($((stringify!($facet), $crate::subjects::registers::values(&self.$facet)),)+)?];
                fields.iter().flat_map(|(name, values)| values.iter().map(|value| (*name, value.clone()))).collect()
            }
        }
    };
}

/// What was declared, or else what stands last.
macro_rules! first {
    ($declared:expr, $otherwise:expr) => {
        $declared
    };
    ($otherwise:expr) => {
        $otherwise
    };
}

pub(crate) use {first, register};
