// Wrong: looks for the greater one on the left.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    vector<int> h(n), open;
    for (int &x : h) cin >> x;
    long long sum = 0;
    for (int i = n - 1; i >= 0; i--) {
        while (!open.empty() && h[open.back()] < h[i]) sum += open.back() - i, open.pop_back();
        open.push_back(i);
    }
    cout << sum << "\n";
}
