int main() {
    print("leaving\n");
    return 3;
}
