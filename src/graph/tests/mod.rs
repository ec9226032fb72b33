//! The client against a scripted server on a real socket.
