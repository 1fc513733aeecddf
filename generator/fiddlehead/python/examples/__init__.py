"""Examples of calls, and what is made from them: fakes and generated tests."""
