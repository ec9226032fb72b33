//! What the tests from outside share: a tenant full of oddities and a simulator that serves it.

// Each test program compiles its own copy and uses a part of it.
#![allow(dead_code)]

pub mod simulator;
pub mod tenant;
